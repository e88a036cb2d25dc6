# what docker build says of flags that make no sense
mkdir ctx
printf 'FROM busybox\nRUN ulimit -n; ulimit -Hn\nARG A\n' > ctx/Dockerfile
docker build -q --ulimit nofile=9:3 ctx
docker build -q --ulimit nosuch=9 ctx
docker build -q --ulimit nofile ctx
docker build -q --ulimit nofile=x ctx
docker build -q --shm-size 1q ctx
docker build -q --add-host db ctx
docker build -q --add-host db:1.2.3.4.5 ctx
docker build -q --add-host db=::1 ctx > id && echo built
docker build -q --network bogus ctx
docker build -q --allow bogus ctx
docker build -q --platform bogus/x/y/z ctx
docker build -q --target nope ctx
docker build -q --secret id=x,src=none ctx
docker build -q --secret bogus ctx
docker build -q --secret src=x ctx
docker build -q --secret id=x,type=nope ctx
docker build -q --secret id=x,env=NOPE ctx > id && echo built
docker build -q --secret id=x,what=1 ctx
docker build -q --ssh default ctx
docker build -q --ssh default=nokey ctx
docker build -q --label =x ctx
docker build -q --label "" ctx
docker build -q --build-arg "" ctx
docker build -q --build-arg =x ctx
docker build -q --no-cache-filter=x ctx > id && echo built
docker build -q --no-cache --no-cache-filter=x ctx
command docker build -q --no-cache --no-cache-filter=x ctx
docker build -q -t BAD ctx
docker build -q -f none ctx
docker build -q none
docker build -q ctx ctx
docker build -q --cache-to type=local,dest=cache ctx
docker build -q --cache-to type=bogus ctx
docker build -q --cache-to type=inline -t in:1 ctx > id && echo built
docker build -q --cache-from in:1 ctx > id && echo built
docker build -q --cache-from type=bogus ctx
docker build -q --cache-from type=local ctx
docker build -q --cache-to type=local ctx
docker build -q --cache-to type ctx
docker build -q --iidfile id2 -o out ctx
docker build -q --metadata-file m2.json -o out ctx && grep -c digest m2.json
printf 'FROM busybox\nRUN exit 3\n' > ctx/Dockerfile
docker build -q --iidfile id3 ctx 2>/dev/null
