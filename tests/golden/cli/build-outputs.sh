# where results of a build go: directories, archives, images, and what the docker driver refuses
mkdir ctx
printf 'FROM busybox AS b\nRUN echo hi > /hi && ln -s /hi /link\nFROM scratch\nCOPY --from=b /hi /d/hi\nCOPY --from=b /etc/group /g\n' > ctx/Dockerfile
docker build -q -o out ctx
find out | sort
docker build -q --output type=local,dest=out2 ctx; ls out2
docker build -q --output type=tar,dest=x.tar ctx; tar tf x.tar | sort
docker build -q --output type=tar ctx > y.tar; tar tf y.tar | sort
docker build -q -o - ctx > z.tar; tar tf z.tar | sort
docker build -q --output type=docker ctx > id && echo built
docker build -q --output type=docker,dest=d.tar ctx
docker build -q --output type=oci,dest=o.tar ctx
docker build -q --output type=image,name=outimg ctx > id && echo built
docker image ls outimg --format '{{.Repository}}:{{.Tag}}'
docker build -q --output type=image,name=a:1,push=false -t b:2 ctx > id && echo built
docker image ls --format '{{.Repository}}:{{.Tag}}' | sort
docker build -q --output type=nope ctx
docker build -q --output type=local ctx
docker build -q --output dest=x ctx
docker build -q --output type ctx
docker build -q --output type=tar,dest=/nonexistent/x.tar ctx
docker build -q --output type=cacheonly ctx > id && echo built
docker build -q --load -o out ctx
docker build -q --push -o out ctx
docker build -q --push --load ctx
docker build -q --push ctx
