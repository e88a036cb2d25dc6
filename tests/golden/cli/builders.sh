# builders of buildx: records, the one in use, and what cannot be
docker buildx ls --format '{{.Name}} {{.DriverEndpoint}} {{.Status}}' | sed 's,unix://.*\.sock,SOCKET,'
docker buildx inspect 2>&1 | grep -v 'version\|Platforms: *linux/amd64\|Labels\|host-gateway\|Activity' | sed 's,unix://.*\.sock,SOCKET,'
docker buildx inspect default 2>&1 | grep -v 'version\|Platforms: *linux/amd64\|Labels\|host-gateway\|Activity' | sed 's,unix://.*\.sock,SOCKET,'
docker buildx inspect nosuch 2>&1 | grep -v 'version\|Platforms: *linux/amd64\|Labels\|host-gateway\|Activity' | sed 's,unix://.*\.sock,SOCKET,'
docker buildx create --name b1
docker buildx ls --format '{{.Name}} {{.DriverEndpoint}} {{.Status}}' | sed 's,unix://.*\.sock,SOCKET,'
docker buildx inspect b1 2>&1 | grep -v 'version\|Platforms: *linux/amd64\|Labels\|host-gateway\|Activity' | sed 's,unix://.*\.sock,SOCKET,'
docker buildx use b1
docker buildx inspect 2>&1 | grep -v 'version\|Platforms: *linux/amd64\|Labels\|host-gateway\|Activity' | sed 's,unix://.*\.sock,SOCKET,'
docker buildx ls --format '{{.Name}} {{.DriverEndpoint}} {{.Status}}' | sed 's,unix://.*\.sock,SOCKET,'
docker buildx create --name b1
docker buildx create --name b2 --use --platform linux/arm64,linux/amd64 --driver-opt network=host
docker buildx ls --format '{{.Name}} {{.DriverEndpoint}} {{.Status}}' | sed 's,unix://.*\.sock,SOCKET,'
docker buildx inspect b2 2>&1 | grep -v 'version\|Platforms: *linux/amd64\|Labels\|host-gateway\|Activity' | sed 's,unix://.*\.sock,SOCKET,'
docker buildx create --name b3 --driver nosuch
docker buildx create --name 'B 3'
docker buildx create --name default
docker buildx create --name b4 --driver docker
docker buildx create --append --name b1 --node b1x 2>&1 | sed -e 's,unix://.*\.sock,SOCKET,' -e 's,ERROR: .*/instances/,ERROR: INSTANCES/,'
docker buildx inspect b1 2>&1 | grep -v 'version\|Platforms: *linux/amd64\|Labels\|host-gateway\|Activity' | sed 's,unix://.*\.sock,SOCKET,'
docker buildx create --append
docker buildx create --append --name nosuch
docker buildx create --leave --name b1 --node b1x 2>&1 | sed -e 's,unix://.*\.sock,SOCKET,' -e 's,ERROR: .*/instances/,ERROR: INSTANCES/,'
docker buildx create --leave --name b1
docker buildx use default
docker buildx use nosuch 2>&1 | sed -e 's,unix://.*\.sock,SOCKET,' -e 's,ERROR: .*/instances/,ERROR: INSTANCES/,'
docker buildx use
docker buildx use --default b1
docker buildx use --global b2
docker buildx ls --format '{{.Name}} {{.DriverEndpoint}} {{.Status}}' | sed 's,unix://.*\.sock,SOCKET,'
docker buildx use default
docker buildx stop b1
docker buildx stop nosuch
docker buildx stop
docker buildx stop default
docker buildx rm b1
docker buildx rm nosuch
docker buildx rm default
docker buildx rm
docker buildx use b2
docker buildx rm
docker buildx ls --format '{{.Name}} {{.DriverEndpoint}} {{.Status}}' | sed 's,unix://.*\.sock,SOCKET,'
docker buildx rm --all-inactive < /dev/null
docker buildx rm --all-inactive -f
docker buildx rm --all-inactive b1
docker buildx ls --format '{{.Name}} {{.DriverEndpoint}} {{.Status}}' | sed 's,unix://.*\.sock,SOCKET,'
docker buildx build --builder nosuch .
docker buildx du --builder nosuch
docker buildx create --name b9 --driver-opt nosuch=1
docker buildx create --name b9 --buildkitd-flags '--debug'
docker buildx inspect b9 2>&1 | grep -v 'version\|Platforms: *linux/amd64\|Labels\|host-gateway\|Activity' | sed 's,unix://.*\.sock,SOCKET,'
docker buildx rm nosuch b9
docker buildx ls --format '{{.Nosuch}}'
