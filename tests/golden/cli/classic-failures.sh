# the classic builder: how failures are told
export DOCKER_BUILDKIT=0
mkdir c && cd c && echo x > f
printf 'FROM busybox\nRUN echo hi && exit 3\nRUN true\n' > Dockerfile
docker build --network=host . 2>&1 | tail -n +4
printf 'FROM busybox\nCOPY nope /\n' > Dockerfile
docker build . 2>&1 | tail -n +4
printf 'FROM busybox\nADD nope also /d/\n' > Dockerfile
docker build . 2>&1 | tail -n +4
printf 'FROM busybox\nCOPY n* /\n' > Dockerfile
docker build . 2>&1 | tail -n +4
printf 'FROM busybox\nCOPY f f /x\n' > Dockerfile
docker build . 2>&1 | tail -n +4
printf 'FROM busybox\nCOPY ../f /x\n' > Dockerfile
docker build . 2>&1 | tail -n +4
printf 'FROM busybox\nLABLE a=b\n' > Dockerfile
docker build . 2>&1 | tail -n +4
printf 'FROM busybox\nRUN --mount=type=cache,target=/x true\n' > Dockerfile
docker build . 2>&1 | tail -n +4
printf 'FROM busybox\nCOPY --chmod=600 f /x\n' > Dockerfile
docker build . 2>&1 | tail -n +4
printf 'FROM busybox\nCOPY --link f /x\n' > Dockerfile
docker build . 2>&1 | tail -n +4
printf 'FROM busybox\nENV A=${B?no}\n' > Dockerfile
docker build . 2>&1 | tail -n +4
printf 'FROM busybox\nENV A\n' > Dockerfile
docker build . 2>&1 | tail -n +4
printf 'FROM busybox\nEXPOSE abc\n' > Dockerfile
docker build . 2>&1 | tail -n +4
printf 'FROM busybox\nUSER nobody2\nRUN id\n' > Dockerfile
docker build --network=host . 2>&1 | tail -n +4
printf 'FROM busybox\nRUN ["nope"]\n' > Dockerfile
docker build --network=host . 2>&1 | tail -n +4
printf 'RUN true\n' > Dockerfile
docker build . 2>&1 | tail -n +4
printf '' > Dockerfile
docker build . 2>&1 | tail -n +4
rm Dockerfile
docker build . 2>&1 | tail -n +4
printf 'FROM busybox\n' > Dockerfile
docker build --target nope . 2>&1 | tail -n +4
docker build --squash . 2>&1 | tail -n +4
docker build --secret id=x . 2>&1 | tail -n +4
docker build --build-arg A=1 --build-arg B=2 . 2>&1 | tail -n +4
