# commit with changes
docker run --name cc busybox sh -c 'echo hello > /hello'
docker commit -m 'first message' -a 'Jane <j@x.org>' cc img:1
docker commit -c 'CMD ["cat","/hello"]' -c 'ENV A=1 B=2' -c 'EXPOSE 80 443/udp' -c 'LABEL x=y' -c 'USER nobody' -c 'WORKDIR /tmp' -c 'VOLUME /data' -c 'ENTRYPOINT ["/bin/sh","-c"]' -c 'STOPSIGNAL SIGINT' -c 'ONBUILD RUN true' -c 'HEALTHCHECK CMD true' cc img:2
docker inspect -f '{{json .Config}}' img:2
docker inspect -f '{{.Comment}}|{{.Author}}|{{len .RootFS.Layers}}' img:1 img:2
docker history --format '{{.CreatedBy}}|{{.Comment}}' img:1
docker run --rm img:1
docker commit -c 'RUN true' cc
docker commit -c 'FROM x' cc
docker commit -c 'BOGUS x' cc
docker commit -c 'CMD' cc
docker commit -c 'ENV' cc
docker commit -c 'USER a b' cc
docker commit nosuch
docker commit
docker commit cc IMG
docker commit cc a:b:c
docker commit -p=false cc img:3
docker commit cc
docker images --format '{{.Repository}}:{{.Tag}}'
docker rmi img:1
docker rmi -f img:2 img:3
docker rm cc
