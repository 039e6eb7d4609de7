package main

import (
	"errors"
	"fmt"
	"log"
	"strings"
	"sync"

	apexlog "github.com/apex/log"
	"github.com/apex/log/handlers/discard"
	"github.com/buildpacks/lifecycle/buildpack"
	"github.com/buildpacks/lifecycle/phase"
	"github.com/buildpacks/lifecycle/platform/files"
)

// resolution is the first group that passes; an error, the lifecycle's name for it, when none does.
type resolution struct {
	Group []string `json:"group"`
	Error string   `json:"error"`

	plan []files.BuildPlanEntry
}

// resolve tries groups of names, "name?" being optional, as the lifecycle does after every bin/detect has been run.
func resolve(order [][]string, outputs map[string]buildpack.DetectOutputs) resolution {
	runs := &sync.Map{}
	for name, output := range outputs {
		element := buildpack.GroupElement{ID: name, Version: "1"}
		runs.Store(fmt.Sprintf("%s %s", element.Kind(), element.String()), output)
	}
	resolver := phase.NewDefaultDetectResolver(&apexlog.Logger{Handler: discard.New()})
	found := resolution{Error: "ERR_FAILED_DETECTION"}
	for _, group := range order {
		var done []buildpack.GroupElement
		for _, name := range group {
			id, optional := strings.CutSuffix(name, "?")
			done = append(done, buildpack.GroupElement{ID: id, Version: "1", Optional: optional})
		}
		elements, plan, err := resolver.Resolve(done, runs)
		if err == nil {
			found = resolution{plan: plan}
			for _, element := range elements {
				found.Group = append(found.Group, element.ID)
			}
			return found
		}
		if errors.Is(err, phase.ErrBuildpack) {
			found.Error = "ERR_BUILDPACK"
		} else if !errors.Is(err, phase.ErrFailedDetection) {
			log.Fatal(err)
		}
	}
	return found
}

// resolveJob answers {"order": [["name", "name?"]], "runs": {"name": {"code": 0, "provides": [], "requires": []}}}.
func resolveJob(line []byte) any {
	var job struct {
		Order [][]string
		Runs  map[string]struct {
			Code     int
			Provides []string
			Requires []string
		}
	}
	decode(line, &job)
	outputs := map[string]buildpack.DetectOutputs{}
	for name, run := range job.Runs {
		output := buildpack.DetectOutputs{Code: run.Code}
		for _, provided := range run.Provides {
			output.Provides = append(output.Provides, buildpack.Provide{Name: provided})
		}
		for _, required := range run.Requires {
			output.Requires = append(output.Requires, buildpack.Require{Name: required})
		}
		outputs[name] = output
	}
	return resolve(job.Order, outputs)
}
