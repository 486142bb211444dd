module zeren

go 1.18
