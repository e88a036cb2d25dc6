# containers that the classic builder leaves: a failed step's, all with --rm=false
export DOCKER_BUILDKIT=0
mkdir ctx
printf 'FROM busybox\nLABEL a=b\nRUN echo fine\nRUN echo bad > /made; rm /etc/group; exit 3\n' > ctx/Dockerfile
docker build ctx 2>/dev/null
docker ps -a --format '{{.Image}} {{.Command}} {{.Status}}'
docker diff $(docker ps -lq) | sort
docker commit $(docker ps -lq) rescued > /dev/null
docker run --rm --network=none --entrypoint cat rescued /made
docker inspect -f '{{.Path}} {{.Args}} {{.State.Status}} {{.State.ExitCode}} {{.Config.Image}} {{json .Config.Labels}} {{json .Config.Entrypoint}}' $(docker ps -lq)
docker build --force-rm ctx 2>/dev/null
docker ps -aq | wc -l
docker rm -f $(docker ps -aq) | wc -l
docker build --no-cache --rm=false ctx 2>/dev/null
docker ps -a --format '{{.Image}} {{.Command}} {{.Status}}'
docker rm -f $(docker ps -aq) | wc -l
printf 'FROM busybox\nCOPY nothere /x\n' > ctx/Dockerfile
docker build ctx 2>/dev/null
docker ps -aq | wc -l
printf 'FROM busybox\nUSER nobodyhere\nRUN id\n' > ctx/Dockerfile
docker build ctx 2>&1 | tail -n 1
docker ps -a --format '{{.Image}} {{.Command}} {{.Status}}'
printf 'FROM busybox\nRUN ["nosuch"]\n' > ctx/Dockerfile
docker build ctx 2>&1 | tail -n 1
docker ps -a --format '{{.Image}} {{.Command}} {{.Status}}'
docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' $(docker ps -lq)
docker image rm rescued > /dev/null
docker rm -f $(docker ps -aq) | wc -l
