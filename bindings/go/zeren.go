// Package zeren (责任) calls the zeren library through cgo. Text is UTF-8 JSON, as include/zeren.h says at each function.
//
// Every handle may be used from any goroutine. Close what has a Close; nothing else frees it.
package zeren

// #cgo LDFLAGS: -lzeren
// #include "zeren.h"
import "C"

import (
	"encoding/json"
	"fmt"
	"strings"
	"unsafe"
)

// A Finding is one thing that the library found.
type Finding struct {
	Code, Severity, Pointer, Subject, Zh, En, Basis string
}

// An Error says why a call was refused; the state is as it was before.
type Error struct {
	Status   int    // the number of zeren.h
	JSON     string // the whole error
	Kind     string
	Findings []Finding
}

func (e *Error) Error() string {
	lines := make([]string, 0, len(e.Findings))
	for _, f := range e.Findings {
		lines = append(lines, fmt.Sprintf("[%s] %s %s / %s", f.Code, f.Pointer, f.Zh, f.En))
	}
	return strings.Join(lines, "\n")
}

// Conflict tells whether the ledger has moved on: roll back, follow, prepare again.
func (e *Error) Conflict() bool { return e.Status == C.ZEREN_CONFLICT }

// in is text for the time of a call: Go memory, which C does not keep.
func in(text string) (*C.char, C.size_t) {
	if text == "" {
		return nil, 0
	}
	bytes := []byte(text)
	return (*C.char)(unsafe.Pointer(&bytes[0])), C.size_t(len(bytes))
}

func take(text *C.zeren_text) string {
	defer C.zeren_text_free(text)
	return C.GoStringN(text.data, C.int(text.len))
}

func check(status C.int32_t, failed *C.zeren_error) error {
	if status == C.ZEREN_OK {
		return nil
	}
	defer C.zeren_error_free(failed)
	told := &Error{Status: int(status), Kind: "internal"}
	var text C.zeren_text
	if C.zeren_error_json(failed, &text) == C.ZEREN_OK {
		told.JSON = take(&text)
		if err := json.Unmarshal([]byte(told.JSON), told); err != nil {
			return err
		}
	}
	return told
}

// CheckABI refuses a library of another ABI than the header that this package was built with. Call it first.
func CheckABI() error {
	if found := C.zeren_abi_version(); found != C.ZEREN_ABI_VERSION {
		return fmt.Errorf("the zeren library has ABI %d, this program needs %d", found, C.ZEREN_ABI_VERSION)
	}
	return nil
}

// Verify checks the chain of stored lines and gives their head.
func Verify(ledger, lines string) (string, error) {
	id, idLen := in(ledger)
	data, dataLen := in(lines)
	var text C.zeren_text
	var failed *C.zeren_error
	status := C.zeren_ledger_verify(id, idLen, data, dataLen, &text, &failed)
	return take(&text), check(status, failed)
}

// A Prepared batch was checked and has not happened yet. Lines are to be stored, each ended by a line feed.
type Prepared struct {
	Lines string
	raw   *C.zeren_prepared
}

// Close frees the batch. A committed one has happened.
func (p *Prepared) Close() { C.zeren_prepared_free(p.raw); p.raw = nil }

// A System is the state that a ledger leads to.
type System struct{ raw *C.zeren_system }

// Open makes the system that stored lines lead to; of an empty ledger when there are none.
func Open(ledger, lines string) (*System, error) {
	id, idLen := in(ledger)
	data, dataLen := in(lines)
	system := &System{}
	var failed *C.zeren_error
	status := C.zeren_system_open(id, idLen, data, dataLen, &system.raw, &failed)
	return system, check(status, failed)
}

// Prepare checks a batch and changes nothing.
func (s *System) Prepare(request string) (*Prepared, error) {
	data, dataLen := in(request)
	batch := &Prepared{}
	var lines C.zeren_text
	var failed *C.zeren_error
	status := C.zeren_system_prepare(s.raw, data, dataLen, &batch.raw, &lines, &failed)
	batch.Lines = take(&lines)
	return batch, check(status, failed)
}

// Commit takes a batch over, once its lines are stored.
func (s *System) Commit(batch *Prepared) error {
	var failed *C.zeren_error
	status := C.zeren_system_commit(s.raw, batch.raw, &failed)
	return check(status, failed)
}

// Follow takes over lines that others have stored: all of them or none.
func (s *System) Follow(lines string) error {
	data, dataLen := in(lines)
	var failed *C.zeren_error
	status := C.zeren_system_follow(s.raw, data, dataLen, &failed)
	return check(status, failed)
}

// View answers a question.
func (s *System) View(query string) (string, error) {
	data, dataLen := in(query)
	var text C.zeren_text
	var failed *C.zeren_error
	status := C.zeren_system_view(s.raw, data, dataLen, &text, &failed)
	return take(&text), check(status, failed)
}

// Head tells where the system stands, as a request wants it.
func (s *System) Head() (string, error) { return s.View(`{"view":"head","day":"2000-01-01"}`) }

// Close frees the state. Batches that it prepared stay good.
func (s *System) Close() { C.zeren_system_free(s.raw); s.raw = nil }

// A Scheme of an assessment. It never changes.
type Scheme struct{ raw *C.zeren_scheme }

// Parse reads and checks a scheme document.
func Parse(document string) (*Scheme, error) {
	data, dataLen := in(document)
	scheme := &Scheme{}
	var failed *C.zeren_error
	status := C.zeren_scheme_parse(data, dataLen, &scheme.raw, &failed)
	return scheme, check(status, failed)
}

// ReadBack gives the table that its adopters approve, in Markdown.
func (s *Scheme) ReadBack() (string, error) {
	var text C.zeren_text
	var failed *C.zeren_error
	status := C.zeren_scheme_read_back(s.raw, &text, &failed)
	return take(&text), check(status, failed)
}

// Check gives findings about the scheme itself.
func (s *Scheme) Check() (string, error) {
	var text C.zeren_text
	var failed *C.zeren_error
	status := C.zeren_scheme_check(s.raw, &text, &failed)
	return take(&text), check(status, failed)
}

// Score gives the sheet of one facts document.
func (s *Scheme) Score(facts string) (string, error) {
	data, dataLen := in(facts)
	var text C.zeren_text
	var failed *C.zeren_error
	status := C.zeren_scheme_score(s.raw, data, dataLen, &text, &failed)
	return take(&text), check(status, failed)
}

// Close frees the scheme.
func (s *Scheme) Close() { C.zeren_scheme_free(s.raw); s.raw = nil }

// A Year keeps what each scheme gave, for the schemes that include it.
type Year struct{ raw *C.zeren_year }

// NewYear makes a year in which nothing is scored yet.
func NewYear() (*Year, error) {
	year := &Year{}
	var failed *C.zeren_error
	status := C.zeren_year_new(&year.raw, &failed)
	return year, check(status, failed)
}

// Assess scores a roster from the facts of the ledger.
func (y *Year) Assess(system *System, scheme *Scheme, query string) (string, error) {
	data, dataLen := in(query)
	var text C.zeren_text
	var failed *C.zeren_error
	status := C.zeren_year_assess(y.raw, system.raw, scheme.raw, data, dataLen, &text, &failed)
	return take(&text), check(status, failed)
}

// Close frees the year.
func (y *Year) Close() { C.zeren_year_free(y.raw); y.raw = nil }
