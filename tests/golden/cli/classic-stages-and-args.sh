# the classic builder: several stages, ARG, ONBUILD, scratch
export DOCKER_BUILDKIT=0
mkdir c && cd c && echo x > f
printf 'ARG V=1\nFROM busybox AS one\nARG V\nRUN echo $V > /v\nFROM busybox AS unused\nRUN echo unused\nFROM scratch\nCOPY --from=one /v /v\nCOPY --from=0 /v /w\nLABEL v=$V\n' > Dockerfile
docker build --network=host -t multi . 2>&1 | tail -n +4
docker build --network=host --target one -t first . 2>&1 | tail -n +4
docker build --network=host --build-arg V=2 --build-arg NOPE=1 --target one . 2>&1 | tail -n +4
docker build --network=host --build-arg V=2 --target one . 2>&1 | tail -n +4
docker history --no-trunc --format '{{.CreatedBy}}' first
printf 'FROM busybox\nONBUILD RUN echo trigger\nONBUILD ENV A=1\n' > Dockerfile
docker build --network=host -t base . 2>&1 | tail -n +4
printf 'FROM base\nRUN echo own\n' > Dockerfile
docker build --network=host . 2>&1 | tail -n +4
docker build --network=host . 2>&1 | tail -n +4
printf 'FROM scratch\n' > Dockerfile
docker build . 2>&1 | tail -n +4
printf 'FROM scratch\nENV A=1\nENTRYPOINT ["/x"]\nVOLUME /v\nEXPOSE 80 81/udp\nUSER 5\nSTOPSIGNAL 9\nHEALTHCHECK CMD true\nSHELL ["/x"]\nMAINTAINER me\nONBUILD RUN x\n' > Dockerfile
docker build -t meta . 2>&1 | tail -n +4
docker history --no-trunc --format '{{.CreatedBy}}' meta
docker build -t meta2 . 2>&1 | tail -n 3
printf 'FROM busybox\nCOPY f /a/\nCOPY . /b/\nCOPY f f /c/\nADD f /d\nRUN  ls   -d /a  \\\n  /b\nRUN ["echo", "a b"]\nCMD echo  hi\n' > Dockerfile
docker build --network=host -t copies . 2>&1 | tail -n +4
docker history --no-trunc --format '{{.CreatedBy}}' copies | sed 's/:[0-9a-f]\{64\}/:X/g'
printf 'FROM busybox\n' | docker build -t piped - 2>&1 | tail -n +4
printf 'FROM busybox\nRUN echo a\n' | docker build --network=host -t x -t y:1 - 2>&1 | tail -n +4
