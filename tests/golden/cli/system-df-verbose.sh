# system df -v: tables of objects, and templates on all of them at once
docker volume create vol1
docker run --name d1 -v vol1:/v busybox sh -c 'echo 12345 > /file; echo abc > /v/x'
docker tag busybox second:x
docker system df
docker system df -v
docker system df -v --format '{{range .Images}}{{.Repository}}:{{.Tag}} {{.Size}} {{.SharedSize}} {{.UniqueSize}} {{.Containers}}{{println}}{{end}}'
docker system df -v --format '{{range .Volumes}}{{.Name}} {{.Links}} {{.Size}}{{println}}{{end}}'
docker system df -v --format '{{range .Containers}}{{.Names}} {{.Image}} {{.Size}} {{.LocalVolumes}} {{.Status}}{{println}}{{end}}'
docker system df --format 'table {{.Type}}\t{{.Size}}\t{{.Reclaimable}}'
docker system df --format json
docker system df --format '{{.Nosuch}}'
docker system df -v --format '{{.Nosuch}}'
docker rm d1
docker system df
docker system df extra
docker system
