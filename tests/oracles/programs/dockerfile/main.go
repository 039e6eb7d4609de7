// Prints the instructions of each Dockerfile named on the standard input as BuildKit reads them, one line of JSON each;
// null where it refuses the file.
package main

import (
	"bufio"
	"encoding/json"
	"os"

	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

type node struct {
	Keyword  string   `json:"keyword"`
	Line     int      `json:"line"`
	Flags    []string `json:"flags"`
	JSON     bool     `json:"json"`
	Heredocs []string `json:"heredocs"`
}

func main() {
	names := bufio.NewScanner(os.Stdin)
	for names.Scan() {
		nodes := read(names.Text())
		if err := json.NewEncoder(os.Stdout).Encode(nodes); err != nil {
			panic(err)
		}
	}
}

func read(name string) []node {
	file, err := os.Open(name)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	result, err := parser.Parse(file)
	if err != nil {
		return nil
	}
	nodes := []node{}
	for _, child := range result.AST.Children {
		bodies := []string{}
		for _, heredoc := range child.Heredocs {
			bodies = append(bodies, heredoc.Content)
		}
		flags := append([]string{}, child.Flags...)
		nodes = append(nodes, node{child.Value, child.StartLine, flags, child.Attributes["json"], bodies})
	}
	return nodes
}
