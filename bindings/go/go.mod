module zeren

go 1.19
