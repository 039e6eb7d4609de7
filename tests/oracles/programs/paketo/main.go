// Answers for folders with the detect functions of paketo-buildpacks/python's components, the lifecycle's resolver and
// packit's choice of a Python; and resolves the plans of other buildpacks.
//
// usage: paketo detect COMPOSITE_BUILDPACK_TOML CPYTHON_BUILDPACK_TOML, or paketo resolve
//
// Reads jobs from standard input, one JSON document a line, and writes one answer a line.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"log"
	"os"
)

func main() {
	answers := json.NewEncoder(os.Stdout)
	// Buildpacks log to standard output, which holds the answers.
	os.Stdout = os.Stderr
	answer := resolveJob
	if os.Args[1] == "detect" {
		answer = detector(os.Args[2], os.Args[3])
	}
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	for {
		line, end := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			if err := answers.Encode(answer(line)); err != nil {
				log.Fatal(err)
			}
		}
		if end != nil {
			return
		}
	}
}

func decode(line []byte, job any) {
	if err := json.Unmarshal(line, job); err != nil {
		log.Fatal(err)
	}
}
