// Answers for folders with the detect functions of GoogleCloudPlatform/buildpacks, and with the build functions of the
// buildpacks that say what to start.
//
// Reads jobs from standard input, one JSON document a line ({"dir": "/folder", "stack": "google.24", "env": {}}), and
// writes one answer a line.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"log"
	"os"
	"strings"

	entrypoint "github.com/GoogleCloudPlatform/buildpacks/cmd/config/entrypoint/lib"
	flex "github.com/GoogleCloudPlatform/buildpacks/cmd/config/flex/lib"
	nodejsbun "github.com/GoogleCloudPlatform/buildpacks/cmd/nodejs/bun/lib"
	nodejsfunctions "github.com/GoogleCloudPlatform/buildpacks/cmd/nodejs/functions_framework/lib"
	nodejsnpm "github.com/GoogleCloudPlatform/buildpacks/cmd/nodejs/npm/lib"
	nodejspnpm "github.com/GoogleCloudPlatform/buildpacks/cmd/nodejs/pnpm/lib"
	nodejsruntime "github.com/GoogleCloudPlatform/buildpacks/cmd/nodejs/runtime/lib"
	nodejsyarn "github.com/GoogleCloudPlatform/buildpacks/cmd/nodejs/yarn/lib"
	pythonfunctions "github.com/GoogleCloudPlatform/buildpacks/cmd/python/functions_framework/lib"
	missing "github.com/GoogleCloudPlatform/buildpacks/cmd/python/missing_entrypoint/lib"
	pythonpip "github.com/GoogleCloudPlatform/buildpacks/cmd/python/pip/lib"
	pythonpoetry "github.com/GoogleCloudPlatform/buildpacks/cmd/python/poetry/lib"
	pythonruntime "github.com/GoogleCloudPlatform/buildpacks/cmd/python/runtime/lib"
	pythonuv "github.com/GoogleCloudPlatform/buildpacks/cmd/python/uv/lib"
	webserver "github.com/GoogleCloudPlatform/buildpacks/cmd/python/webserver/lib"
	gcp "github.com/GoogleCloudPlatform/buildpacks/pkg/gcpbuildpack"
	"github.com/GoogleCloudPlatform/buildpacks/pkg/python"
	"github.com/buildpacks/libcnb/v2"
)

var detectFunctions = map[string]gcp.DetectFn{
	"config.entrypoint":          entrypoint.DetectFn,
	"config.flex":                flex.DetectFn,
	"nodejs.bun":                 nodejsbun.DetectFn,
	"nodejs.functions-framework": nodejsfunctions.DetectFn,
	"nodejs.npm":                 nodejsnpm.DetectFn,
	"nodejs.pnpm":                nodejspnpm.DetectFn,
	"nodejs.runtime":             nodejsruntime.DetectFn,
	"nodejs.yarn":                nodejsyarn.DetectFn,
	"python.functions-framework": pythonfunctions.DetectFn,
	"python.missing-entrypoint":  missing.DetectFn,
	"python.pip":                 pythonpip.DetectFn,
	"python.poetry":              pythonpoetry.DetectFn,
	"python.runtime":             pythonruntime.DetectFn,
	"python.uv":                  pythonuv.DetectFn,
	"python.webserver":           webserver.DetectFn,
}

var startFunctions = map[string]gcp.BuildFn{
	"config.entrypoint":         entrypoint.BuildFn,
	"python.missing-entrypoint": missing.BuildFn,
}

type job struct {
	Dir   string
	Stack string
	Env   map[string]string
}

type detected struct {
	Code     int      `json:"code"`
	Provides []string `json:"provides"`
	Requires []string `json:"requires"`
}

type started struct {
	Processes map[string]string `json:"processes"`
	Error     string            `json:"error"`
}

type answer struct {
	Runs         map[string]detected `json:"runs"`
	Starts       map[string]started  `json:"starts"`
	Version      string              `json:"version"`
	VersionError string              `json:"version_error"`
}

func main() {
	answers := json.NewEncoder(os.Stdout)
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	for {
		line, end := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var asked job
			if err := json.Unmarshal(line, &asked); err != nil {
				log.Fatal(err)
			}
			if err := answers.Encode(run(asked)); err != nil {
				log.Fatal(err)
			}
		}
		if end != nil {
			return
		}
	}
}

func run(asked job) answer {
	for name, value := range asked.Env {
		os.Setenv(name, value)
		defer os.Unsetenv(name)
	}
	if err := os.Chdir(asked.Dir); err != nil {
		log.Fatal(err)
	}
	layers, err := os.MkdirTemp("", "layers")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(layers)
	found := answer{Runs: map[string]detected{}, Starts: map[string]started{}}
	for name, function := range detectFunctions {
		found.Runs[name] = detect(function, context(asked, layers))
	}
	for name, function := range startFunctions {
		found.Starts[name] = start(function, context(asked, layers))
	}
	found.Version, err = python.RuntimeVersion(context(asked, layers), asked.Dir)
	if err != nil {
		found.VersionError = err.Error()
	}
	return found
}

func context(asked job, layers string) *gcp.Context {
	build := libcnb.BuildContext{ApplicationPath: asked.Dir, StackID: asked.Stack, Layers: libcnb.Layers{Path: layers}}
	return gcp.NewContext(
		gcp.WithBuildContext(build),
		gcp.WithApplicationRoot(asked.Dir),
		gcp.WithStackID(asked.Stack),
		gcp.WithLogger(log.New(io.Discard, "", 0)),
	)
}

func detect(function gcp.DetectFn, ctx *gcp.Context) detected {
	result, err := function(ctx)
	if err != nil {
		return detected{Code: 1}
	}
	found := detected{Code: 100}
	if result.Result().Pass {
		found.Code = 0
	}
	for _, plan := range result.Result().Plans {
		for _, provided := range plan.Provides {
			found.Provides = append(found.Provides, provided.Name)
		}
		for _, required := range plan.Requires {
			found.Requires = append(found.Requires, required.Name)
		}
	}
	return found
}

func start(function gcp.BuildFn, ctx *gcp.Context) started {
	if err := function(ctx); err != nil {
		return started{Error: err.Error()}
	}
	found := started{Processes: map[string]string{}}
	for _, process := range ctx.Processes() {
		command := process.Command
		if len(command) == 3 && command[0] == "bash" {
			command = command[2:]
		}
		found.Processes[process.Type] = strings.Join(command, " ")
	}
	return found
}
