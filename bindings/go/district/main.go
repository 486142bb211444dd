// The first case: district examples/district OUT. Two years of acts, what the checks find, and the scores.
package main

import (
	"errors"
	"log"
	"os"
	"path/filepath"
	"strings"

	"zeren"
)

var out, stored string

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func read(path ...string) string { return string(must(os.ReadFile(filepath.Join(path...)))) }

func write(name, text string) {
	if err := os.WriteFile(filepath.Join(out, name), []byte(text), 0o666); err != nil {
		log.Fatal(err)
	}
}

// request is a request without a head, with the head that the system shows.
func request(system *zeren.System, document string) string {
	inside := document[strings.Index(document, "{")+1:]
	return `{"head":` + must(system.Head()) + "," + inside
}

// enter enters every request of a folder, in the order of their names: prepare, store, commit.
func enter(system *zeren.System, folder string) {
	for _, entry := range must(os.ReadDir(folder)) {
		batch := must(system.Prepare(request(system, read(folder, entry.Name()))))
		stored += batch.Lines
		if err := system.Commit(batch); err != nil {
			log.Fatal(err)
		}
		batch.Close()
	}
}

func names() {
	system := must(zeren.Open("生僻字", ""))
	defer system.Close()
	batch := must(system.Prepare(request(system, `{"time":"2023-01-04T09:00:00+08:00","operator":"u-17","acts":[`+
		`{"act":"units.founded","id":"a-1","effective":"2023-01-01",`+
		`"units":[{"id":"u-𬱖","name":"䶮㙍𬱖𫘦𨱔镇","class":"镇"}]}]}`)))
	defer batch.Close()
	write("names.jsonl", batch.Lines)
	if err := system.Commit(batch); err != nil {
		log.Fatal(err)
	}
	write("names.json", must(system.View(`{"view":"unit","day":"2023-06-30","unit":"u-𬱖"}`)))
}

func main() {
	log.SetFlags(0)
	if err := zeren.CheckABI(); err != nil {
		log.Fatal(err)
	}
	district := os.Args[1]
	out = os.Args[2]
	if err := os.MkdirAll(out, 0o777); err != nil {
		log.Fatal(err)
	}
	scheme := func(name string) *zeren.Scheme { return must(zeren.Parse(read(district, "schemes", name))) }

	system := must(zeren.Open("示例新区", ""))
	defer system.Close()
	enter(system, filepath.Join(district, "2022"))
	write("findings-2022.json", must(system.View(`{"view":"findings","day":"2022-12-31"}`)))
	write("cascade-2022.json", must(system.View(`{"view":"cascade","day":"2022-12-31"}`)))
	trial, first := scheme("2022-trial.json"), must(zeren.NewYear())
	defer trial.Close()
	defer first.Close()
	write("trial-2022.json", must(first.Assess(system, trial, `{"day":"2022-12-31","subjects":["s-xinqu"]}`)))

	enter(system, filepath.Join(district, "2023"))
	own, annual, year := scheme("2023.json"), scheme("2023-annual.json"), must(zeren.NewYear())
	defer own.Close()
	defer annual.Close()
	defer year.Close()
	write("table-2023.md", must(own.ReadBack()))
	write("sheets-2023.json", must(year.Assess(system, own, `{"day":"2024-01-31"}`)))
	write("annual-2023.json", must(year.Assess(system, annual, `{"day":"2024-01-31"}`)))

	write("ledger.jsonl", stored)
	again := must(zeren.Open("示例新区", stored))
	defer again.Close()
	head := must(system.Head())
	if must(again.Head()) != head || must(zeren.Verify("示例新区", stored)) != head {
		log.Fatal("the stored lines lead elsewhere")
	}

	_, err := system.Prepare(request(system, `{"time":"2024-01-31T09:00:00+08:00","operator":"office-1","acts":[`+
		`{"act":"unit.ended","id":"x","effective":"2024-01-01","unit":"无此单位"}]}`))
	var refused *zeren.Error
	if !errors.As(err, &refused) {
		log.Fatal("not refused: ", err)
	}
	write("refused.json", refused.JSON)
	names()
}
