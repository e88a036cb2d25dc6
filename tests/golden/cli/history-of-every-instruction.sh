# history and inspect of an image that has every instruction
mkdir h
cat > h/Dockerfile <<'X'
FROM busybox
LABEL maintainer="Ada <ada@example.org>"
ENV PATH=/opt/bin:$PATH MODE=fast
COPY --chown=3:4 --chmod=600 data /data
ADD data /more/
WORKDIR /work
RUN --mount=type=tmpfs,target=/scratch echo run > out
EXPOSE 80/tcp 53/udp
VOLUME ["/v1", "/v2"]
USER 3
STOPSIGNAL SIGQUIT
HEALTHCHECK --interval=5s --retries=2 CMD ["true"]
SHELL ["/bin/ash", "-c"]
ONBUILD RUN echo later
ENTRYPOINT ["/bin/echo"]
CMD ["hi", "there"]
X
echo data > h/data
docker build -q -t hist h > /dev/null
docker history --format '{{.CreatedBy}}|{{.Size}}|{{.Comment}}' hist
docker history --no-trunc --format '{{.CreatedBy}}' hist
docker history -q hist | wc -l
docker history -H=false --format '{{.Size}}' hist
docker history hist
docker history --format 'table {{.CreatedBy}}\t{{.Size}}' hist
docker image inspect -f '{{json .Config}}' hist
docker image inspect -f '{{.Config.Healthcheck.Interval}} {{.Config.Healthcheck.Test}} {{.Config.OnBuild}} {{.Config.Shell}}' hist
docker image inspect hist --format '{{range $k, $v := .Config.Labels}}{{$k}}={{$v}};{{end}}'
docker inspect --format '{{.RepoTags}} {{.RepoDigests}} {{.Parent}} {{.Architecture}}/{{.Os}} {{.DockerVersion}} {{.Author}}' hist
docker inspect -f '{{.GraphDriver.Name}}' hist > /dev/null
docker history nosuch
docker history --format '{{.Nosuch}}' hist
docker run --rm hist
docker run --rm hist you
