# further contexts: directories, images in place of images, and what they may not be
mkdir -p ctx other
echo o > other/o
printf 'FROM alp AS a\nFROM scratch\nCOPY --from=extra /o /o\nCOPY --from=a /etc/group /g\n' > ctx/Dockerfile
docker build -q --build-context extra=other --build-context alp=docker-image://busybox ctx > id && echo built
docker build -q --build-context extra=nosuch --build-context alp=docker-image://busybox ctx
docker build -q --build-context extra ctx
docker build -q --build-context =x ctx
docker build -q --build-context EXTRA=x ctx
docker build -q --build-context extra=ctx/Dockerfile --build-context alp=docker-image://busybox ctx
docker build -q --build-context extra=other --build-context alp=oci-layout://nosuch ctx
docker build -q --build-context extra=other --build-context alp=target:foo ctx
printf 'FROM nosuchimage AS a\nRUN exit 3\nFROM scratch\nCOPY --from=a /etc/group /g\nCOPY --from=golang:1.22 /etc/passwd /p\n' > ctx/Dockerfile
docker build -q --build-context a=docker-image://busybox --build-context golang:1.22=docker-image://busybox:latest -o out ctx
ls out
