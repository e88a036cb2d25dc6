# the classic builder: steps, containers, intermediate images, what it takes from its cache
export DOCKER_BUILDKIT=0
mkdir c && echo one > c/f && printf 'FROM busybox\nLABEL a=1\nCOPY f /f\nRUN cat /f\nENV A=1 B=$A\nWORKDIR /w\nCMD ["sh"]\n' > c/Dockerfile
docker build --network=host -t app c 2>&1 | tail -n +4
docker images -a --format '{{.Repository}}:{{.Tag}} {{.ID}}' | head -n 3
docker images -aq | wc -l
docker build --network=host -t app c 2>&1 | tail -n +4
docker build --network=host --no-cache -t app2 c 2>&1 | tail -n +4
docker images -aq | wc -l
docker images -f dangling=true -q | wc -l
echo two > c/f
docker build --network=host -t app c 2>&1 | tail -n +4
docker history --no-trunc --format '{{.CreatedBy}}|{{.Size}}|{{.Comment}}' app | sed 's/file:[0-9a-f]*/file:X/'
docker inspect -f '{{json .Config.Env}} {{json .Config.Cmd}} {{.Config.WorkingDir}} {{json .Config.Labels}}' app
docker inspect -f '{{json .Config.Image}} {{json .Config.OnBuild}} {{.Comment}}' app | sed 's/sha256:[0-9a-f]*/ID/'
docker build --network=host -q c 2>&1 | tail -n 1
docker build --network=host --rm=false c 2>&1 | tail -n +4
docker ps -aq | wc -l
