# go templates of lists and objects
docker create --name gg -p 80:80 -l a=1 -l b=2 -v data:/d busybox echo 'a b'
docker ps -a --format json
docker ps -a --format '{{json .}}'
docker ps -a --format '{{.ID}}|{{.Image}}|{{.Command}}|{{.State}}|{{.Ports}}|{{.Names}}|{{.Labels}}|{{.Mounts}}|{{.Networks}}|{{.LocalVolumes}}|{{.Size}}'
docker ps -a --format 'table {{.Names}}\t{{.Label "a"}}\t{{.Status}}'
docker ps -a --format '{{.Label "b"}} {{.Label "c"}}'
docker ps -a --format '{{upper .Names}} {{len .Names}} {{title .State}} {{pad .Names 2 3}}| {{truncate .Image 3}} {{split .Image "s"}} {{join (split .Image "s") "-"}}'
docker ps -a --format '{{.Bogus}}'
docker ps -a --format '{{bogus}}'
docker ps -a --format '{{'
docker ps -a --format 'table'
docker ps -a --format ''
docker ps -a --format raw
docker images --format '{{.ID}} {{.Digest}} {{.CreatedSince}} {{.CreatedAt}} {{.Size}} {{.Containers}} {{.SharedSize}} {{.UniqueSize}} {{.VirtualSize}}'
docker images --format json
docker images --format 'table {{.Repository}}\t{{.ID}}'
docker images --digests --format 'table {{.Repository}}\t{{.Digest}}'
docker images --no-trunc --format '{{.ID}}'
docker volume ls --format json
docker volume ls --format '{{.Name}}|{{.Driver}}|{{.Scope}}|{{.Mountpoint}}|{{.Labels}}|{{.Links}}|{{.Size}}|{{.Availability}}|{{.Group}}|{{.Status}}'
docker inspect -f '{{.Config.Env}} {{.HostConfig.PortBindings}} {{.Config.Labels}} {{.Mounts}}' gg
docker inspect -f '{{json .HostConfig.PortBindings}} {{json .Mounts}}' gg
docker inspect -f '{{range $p, $c := .HostConfig.PortBindings}}{{$p}}->{{(index $c 0).HostPort}}{{end}}' gg
docker inspect -f '{{index .Config.Labels "a"}} {{index .Config.Cmd 1}} {{.State.Running}} {{.Id | printf "%.12s"}}' gg
docker inspect -f '{{if eq .State.Status "created"}}yes{{else}}no{{end}} {{with .Config.User}}{{.}}{{else}}nobody{{end}}' gg
docker inspect -f '{{.Config.Nosuch}}' gg
docker inspect -f '{{index .Config.Cmd 7}}' gg
docker inspect -f '{{.State.Pid}} {{.SizeRw}}' gg
docker inspect -s -f '{{.SizeRw}}' gg
docker inspect -f '{{println .Name}}' gg
docker inspect --type image gg
docker inspect --type bogus gg
docker inspect --type container busybox
docker inspect gg nosuch -f '{{.Name}}'
docker inspect --type volume data -f '{{.Name}} {{.Driver}} {{.Options}} {{.Labels}} {{.Scope}}'
docker info --format '{{.Containers}} {{.Images}} {{.OSType}}'
docker system df --format '{{.Type}} {{.TotalCount}} {{.Active}}'
docker history --format '{{.ID}} {{.CreatedSince}} {{.CreatedBy}} {{.Size}} {{.Comment}}' busybox
docker history --format json busybox
docker history -H=false -q --no-trunc busybox
docker rm -v gg
docker volume rm data
