# lists of manifests that are kept here until they are pushed: what is refused without any registry
docker manifest rm nosuch
docker manifest rm nosuch other:1
docker manifest push nosuch
docker manifest push nosuch:2 -p
docker manifest annotate nosuch busybox --arch arm64
docker manifest annotate nosuch busybox
docker manifest annotate nosuch busybox --os nosuch --arch nosuch
docker manifest annotate nosuch
docker manifest create
docker manifest create list
docker manifest create LIST busybox
docker manifest create list BUSYBOX
docker manifest rm LIST
docker manifest push LIST
