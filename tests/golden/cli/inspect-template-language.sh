# the template language: variables, printf, comparisons, break, and its errors
docker create --name tpl -e A=1 -e B=2 --label x=y --label z=w -p 8080:80 -p 127.0.0.1:9:9/udp busybox echo a b c
docker inspect -f '{{range .Config.Env}}{{.}};{{end}}' tpl
docker inspect -f '{{range $i, $e := .Config.Cmd}}{{if $i}},{{end}}{{$e}}{{end}}' tpl
docker inspect -f '{{with $x := .Config.Labels}}{{len $x}} {{index $x "x"}}{{end}}' tpl
docker inspect -f '{{printf "%q %v %d %5.2f %t %x" .Name .Config.Tty 42 3.14159 true "hi"}}' tpl
docker inspect -f '{{printf "%-8s|%8s|%T" .Name .Name .Config}}' tpl
docker inspect -f '{{slice .Id 0 3 | len}} {{slice .Config.Cmd 1}}' tpl
docker inspect -f '{{and .Config.Tty 1}} {{or .Config.Tty "x"}} {{not .Config.Tty}}' tpl
docker inspect -f '{{eq 1 1 2}} {{lt 1 2}} {{ge "b" "a"}} {{ne 1 2}}' tpl
docker inspect -f '{{eq 1 "a"}}' tpl
docker inspect -f '{{html "<a>"}} {{js "it'"'"'s"}} {{urlquery "a b&c"}}' tpl
docker inspect -f '{{define "T"}}[{{.}}]{{end}}{{template "T" .Name}}' tpl
docker inspect -f '{{range .Mounts}}x{{else}}none{{end}}' tpl
docker inspect -f '{{/* comment */}}{{- .Name -}}   ' tpl
docker inspect -f '{{json .NetworkSettings.Ports}} {{json .HostConfig.PortBindings}}' tpl
docker inspect -f '{{.HostConfig.PortBindings}}' tpl
docker inspect -f '{{.HostConfig.LogConfig}} {{.HostConfig.RestartPolicy}} {{.Config.ExposedPorts}}' tpl
docker inspect -f '{{join .Config.Cmd "-"}} {{upper "x"}} {{split "a,b" ","}} {{title "word two"}} {{lower "ABC"}}' tpl
docker inspect -f '{{truncate "abcdef" 3}} {{pad "x" 2 2}}|' tpl
docker inspect -f '{{.Config.Cmd.Nope}}' tpl
docker inspect -f '{{index .Config.Labels "nope"}}|{{index .Config.Cmd 9}}' tpl
docker inspect -f '{{.Name' tpl
docker inspect -f '{{range .Name}}{{end}}' tpl
docker inspect -f '{{nosuch .Name}}' tpl
docker inspect -f '{{if}}{{end}}' tpl
docker inspect -f '{{end}}' tpl
docker inspect -f '{{template "nope"}}' tpl
docker inspect -f '{{len 3}}' tpl
docker inspect -f '{{call .Name}}' tpl
docker inspect -f '{{$x := 1}}{{$x = 2}}{{$x}}{{$y}}' tpl
docker inspect -f '{{break}}' tpl
docker inspect -f '{{range $i, $c := .Config.Cmd}}{{if eq $i 1}}{{break}}{{end}}{{$c}}{{end}}' tpl
docker inspect -f '{{printf "%v" .State}}' tpl
docker inspect -f '{{print 1 2 "a" "b" 3}} {{println "end"}}' tpl
docker inspect -f json tpl | cut -c1-8
docker inspect -f '' tpl | head -n 2
docker inspect -f "table" tpl
docker rm tpl
docker ps --format 'table {{.Names}}'
docker ps --format '{{json .}'
