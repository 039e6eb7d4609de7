package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"

	"github.com/BurntSushi/toml"
	"github.com/buildpacks/libcnb"
	"github.com/buildpacks/lifecycle/buildpack"
	condaenvupdate "github.com/paketo-buildpacks/conda-env-update"
	"github.com/paketo-buildpacks/cpython"
	"github.com/paketo-buildpacks/libreload-packit/watchexec"
	"github.com/paketo-buildpacks/miniconda"
	"github.com/paketo-buildpacks/packit/v2"
	"github.com/paketo-buildpacks/packit/v2/cargo"
	"github.com/paketo-buildpacks/packit/v2/draft"
	"github.com/paketo-buildpacks/packit/v2/postal"
	"github.com/paketo-buildpacks/packit/v2/scribe"
	"github.com/paketo-buildpacks/pip"
	pipinstall "github.com/paketo-buildpacks/pip-install"
	"github.com/paketo-buildpacks/pipenv"
	pipenvinstall "github.com/paketo-buildpacks/pipenv-install"
	"github.com/paketo-buildpacks/poetry"
	poetryinstall "github.com/paketo-buildpacks/poetry-install"
	poetryrun "github.com/paketo-buildpacks/poetry-run"
	"github.com/paketo-buildpacks/procfile/v5/procfile"
	installers "github.com/paketo-buildpacks/python-package-managers-install"
	installerspoetry "github.com/paketo-buildpacks/python-package-managers-install/pkg/installers/poetry"
	packagers "github.com/paketo-buildpacks/python-package-managers-run"
	pythonstart "github.com/paketo-buildpacks/python-start"
)

const stack = "io.buildpacks.stacks.jammy"

// Members of the composite that are optional and look at no file of the source.
var leftOut = []string{"ca-certificates", "watchexec", "environment-variables", "image-labels"}

type answer struct {
	resolution
	Messages  map[string]string `json:"messages"`
	Python    pythonVersion     `json:"python"`
	Processes map[string]any    `json:"processes"`
}

type pythonVersion struct {
	Requested string `json:"requested"`
	Origin    string `json:"origin"`
	Resolved  string `json:"resolved"`
	Error     string `json:"error"`
}

// detector answers {"dir": "/folder", "env": {}}.
func detector(composite, cpythonToml string) func([]byte) any {
	order := readOrder(composite)
	return func(line []byte) any {
		var job struct {
			Dir string
			Env map[string]string
		}
		decode(line, &job)
		for name, value := range job.Env {
			os.Setenv(name, value)
			defer os.Unsetenv(name)
		}
		return detect(job.Dir, order, cpythonToml)
	}
}

func readOrder(composite string) [][]string {
	var document struct {
		Order []struct {
			Group []struct {
				ID       string
				Optional bool
			}
		}
	}
	if _, err := toml.DecodeFile(composite, &document); err != nil {
		log.Fatal(err)
	}
	var order [][]string
	for _, row := range document.Order {
		var group []string
		for _, member := range row.Group {
			name := filepath.Base(member.ID)
			if slices.Contains(leftOut, name) {
				continue
			}
			if member.Optional {
				name += "?"
			}
			group = append(group, name)
		}
		order = append(order, group)
	}
	return order
}

func detect(dir string, order [][]string, cpythonToml string) answer {
	emitter := scribe.NewEmitter(io.Discard)
	functions := map[string]packit.DetectFunc{
		"conda-env-update":                condaenvupdate.Detect(),
		"cpython":                         cpython.Detect(),
		"miniconda":                       miniconda.Detect(),
		"pip":                             pip.Detect(),
		"pip-install":                     pipinstall.Detect(),
		"pipenv":                          pipenv.Detect(),
		"pipenv-install":                  pipenvinstall.Detect(pipenvinstall.NewPipfileParser(), pipenvinstall.NewPipfileLockParser()),
		"poetry":                          poetry.Detect(poetry.NewPyProjectParser()),
		"poetry-install":                  poetryinstall.Detect(),
		"poetry-run":                      poetryrun.Detect(poetryrun.NewPyProjectConfigParser(), watchexec.NewWatchexecReloader()),
		"python-package-managers-install": installers.Detect(emitter, installerspoetry.NewPyProjectParser()),
		"python-package-managers-run":     packagers.Detect(emitter),
		"python-start":                    pythonstart.Detect(),
	}
	outputs := map[string]buildpack.DetectOutputs{}
	for name, function := range functions {
		outputs[name] = run(function, dir)
	}
	found := answer{Messages: map[string]string{}}
	outputs["procfile"], found.Processes = runProcfile(dir)
	for name, output := range outputs {
		if output.Code != 0 {
			found.Messages[name] = string(output.Output)
		}
	}
	found.resolution = resolve(order, outputs)
	if !slices.Contains(found.Group, "procfile") {
		found.Processes = nil
	}
	if slices.Contains(found.Group, "cpython") {
		found.Python = resolvePython(found.resolution, cpythonToml)
	}
	return found
}

// run gives the exit code and the plan that bin/detect would.
func run(function packit.DetectFunc, dir string) buildpack.DetectOutputs {
	result, err := function(packit.DetectContext{WorkingDir: dir})
	if err != nil {
		code := 1
		if fmt.Sprintf("%T", err) == "internal.failError" {
			code = 100
		}
		return buildpack.DetectOutputs{Code: code, Output: []byte(err.Error())}
	}
	plan := bytes.Buffer{}
	if err := toml.NewEncoder(&plan).Encode(result.Plan); err != nil {
		log.Fatal(err)
	}
	var output buildpack.DetectOutputs
	if _, err := toml.Decode(plan.String(), &output); err != nil {
		return buildpack.DetectOutputs{Code: -1, Err: err}
	}
	return output
}

func runProcfile(dir string) (buildpack.DetectOutputs, map[string]any) {
	context := libcnb.DetectContext{}
	context.Application.Path = dir
	result, err := procfile.Detect{}.Detect(context)
	if err != nil {
		return buildpack.DetectOutputs{Code: 1, Output: []byte(err.Error())}, nil
	}
	if !result.Pass {
		return buildpack.DetectOutputs{Code: 100}, nil
	}
	var output buildpack.DetectOutputs
	plan := result.Plans[0]
	for _, provided := range plan.Provides {
		output.Provides = append(output.Provides, buildpack.Provide{Name: provided.Name})
	}
	var processes map[string]any
	for _, required := range plan.Requires {
		output.Requires = append(output.Requires, buildpack.Require{Name: required.Name})
		processes = required.Metadata
	}
	return output, processes
}

func resolvePython(found resolution, cpythonToml string) pythonVersion {
	var entries []packit.BuildpackPlanEntry
	for _, part := range found.plan {
		for _, required := range part.Requires {
			if required.Name == "cpython" {
				entries = append(entries, packit.BuildpackPlanEntry{Name: required.Name, Metadata: required.Metadata})
			}
		}
	}
	entry, _ := draft.NewPlanner().Resolve("cpython", entries, cpython.Priorities)
	var python pythonVersion
	python.Requested, _ = entry.Metadata["version"].(string)
	python.Origin, _ = entry.Metadata["version-source"].(string)
	dependency, err := postal.NewService(cargo.NewTransport()).Resolve(cpythonToml, "python", python.Requested, stack)
	if err != nil {
		python.Error = err.Error()
	} else {
		python.Resolved = dependency.Version
	}
	return python
}
