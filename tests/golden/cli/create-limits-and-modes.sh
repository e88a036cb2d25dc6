# limits that cannot be, told when a container is made or updated
docker create --name rl --network none busybox sleep 100 > /dev/null
docker create --cpu-quota 5 busybox
docker create --cpu-period 5 busybox
docker create --cpu-period 2000000 busybox
docker create --cpus 1000 busybox
docker create --cpus 0.001 busybox
docker create --cpus 1 --cpu-quota 5000 busybox
docker create --cpu-rt-runtime 5 busybox
docker create --oom-score-adj 2000 busybox
docker create --shm-size -1 busybox
docker create --shm-size 0 busybox > /dev/null
docker create -m 6m --memory-reservation 10m busybox
docker create --memory-reservation 1k busybox
docker create --memory-swappiness 101 busybox
docker create --kernel-memory 1k busybox
docker create --cpuset-cpus 99 busybox
docker create --cpuset-cpus x busybox
docker create --cpuset-mems 99 busybox
docker create --cpu-shares -5 busybox > /dev/null
docker create --pids-limit -5 busybox > /dev/null
docker create --stop-timeout x busybox
docker create --ipc bogus busybox
docker create --pid bogus busybox
docker create --uts bogus busybox
docker create --userns bogus busybox
docker create --cgroupns bogus busybox
docker create --security-opt bogus busybox
docker create --security-opt seccomp=none busybox
docker create --device bogus busybox > /dev/null
docker create --device /dev/null:/x:bogus busybox
docker create --cap-drop bogus busybox
docker create --cap-add all --cap-drop net_raw busybox > /dev/null
docker create --tmpfs /x:size=bogus busybox > /dev/null
docker create --hostname 'bad host' busybox
docker create --hostname -x busybox
docker create --domainname x --hostname y busybox > /dev/null
docker create --mac-address bogus busybox
docker create --network container:nosuch busybox
docker create --network container:rl -p 80:80 busybox
docker create --network host --hostname x busybox > /dev/null
docker create --network none --add-host a:1.2.3.4 busybox > /dev/null
docker create --network container:rl --hostname x busybox
docker create --network a --network b busybox
docker create --health-interval 1us --health-cmd true busybox
docker create --health-retries -1 --health-cmd true busybox
docker create --no-healthcheck --health-cmd true busybox
docker create --health-timeout x busybox
docker create --entrypoint '["a"]' busybox > /dev/null
docker create --restart always --rm busybox
docker create --rm --restart no busybox > /dev/null
docker create --platform linux/arm64 --pull never busybox
docker create --annotation x=y busybox > /dev/null
docker create --annotation bogus busybox
docker create --log-opt bogus=1 --log-driver local busybox
docker create --log-opt max-size=1k --log-driver none busybox
docker create --log-opt max-file=x busybox > /dev/null
docker create --log-opt mode=x busybox
docker create --log-opt mode=non-blocking --log-opt max-buffer-size=1m busybox > /dev/null
docker create --label-file none busybox
printf 'a b=1\n' > lab; docker create --label-file lab busybox
printf '=1\n' > lab; docker create --label-file lab busybox
docker rm -l nosuch
docker rm -l rl
docker rm -l rl/x
docker update --cpu-quota 5 rl
docker update --cpuset-cpus x rl
docker update --cpus 1000 rl
docker update --restart no --pids-limit -1 rl
