# tags, digests, dangling images, removal rules
docker tag busybox localhost:5000/a/b:v1
docker tag busybox docker.io/library/x
docker tag busybox x:
docker tag busybox X
docker tag nosuch y
docker tag busybox sha256:abc
docker tag busybox y@sha256:0123456789012345678901234567890123456789012345678901234567890123
docker images x
docker images 'loc*/*/*'
docker images localhost:5000/a/b
docker images localhost:5000/a/b:v1 -q
docker images nosuch
docker images a b
docker images --filter reference='x:*' --format '{{.Repository}}:{{.Tag}}'
docker images --filter since=busybox --format '{{.Repository}}'
docker images --filter before=nosuch
docker images --filter bogus=1
docker images --filter dangling=maybe
docker image ls -a -q --no-trunc | sort -u | wc -l
docker rmi x
docker rmi x
docker rmi nosuch busybox:nope
docker rmi localhost:5000/a/b:v1
printf 'FROM busybox\nRUN echo 1 > /one\n' | docker build -q -t chain:1 - > /dev/null
printf 'FROM chain:1\nRUN echo 2 > /two\n' | docker build -q -t chain:2 - > /dev/null
docker rmi chain:1
docker rmi $(docker images -q chain:2)
printf 'FROM busybox\nRUN echo a > /a\n' | docker build -q -t same - > /dev/null
printf 'FROM busybox\nRUN echo b > /b\n' | docker build -q -t same - > /dev/null
docker images -f dangling=true --format '{{.Repository}} {{.Tag}}'
docker create --name uses same
docker rmi same
docker rmi -f same
docker images -f dangling=true -q | wc -l
docker image prune -f | head -1
docker rm uses
docker image prune -f | head -1
docker image prune --filter label=nosuch -f
docker image prune --filter bogus=1 -f
docker image rm
docker image inspect nosuch
docker image history nosuch
docker image bogus
docker history busybox --format '{{.CreatedBy}}'
docker history busybox -q | head -1
docker image inspect busybox -f '{{.RepoTags}} {{.RepoDigests}} {{.Os}}/{{.Architecture}} {{len .RootFS.Layers}} {{.Config.Cmd}}'
docker image inspect busybox -f '{{.Parent}}|{{.Comment}}|{{.Author}}|{{.DockerVersion}}|{{.Variant}}|{{.GraphDriver.Name}}' | cut -d'|' -f1-5
