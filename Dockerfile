# docker build --tag listwright . && docker run --env-file .env --volume listwright:/data --publish 3000:3000 listwright

FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
RUN python -m venv --without-pip /opt/listwright
COPY requirements.lock requirements-dev.lock ./
RUN pip --python /opt/listwright/bin/python install --only-binary :all: --require-hashes --requirement requirements.lock
# What builds the wheel is among the developers' tools, by hash too; none of it leaves this stage.
RUN pip install --only-binary :all: --require-hashes --requirement requirements-dev.lock
COPY pyproject.toml README.md LICENSE ./
COPY rules rules
COPY bot bot
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
    && pip --python /opt/listwright/bin/python install --no-deps --no-index /wheels/*.whl

FROM python:3.12-slim
RUN useradd --system --uid 10001 --no-create-home listwright && install --directory --owner listwright /data
COPY --from=build /opt/listwright /opt/listwright
ENV PATH=/opt/listwright/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATABASE_URL=sqlite:////data/listwright.sqlite
# By number, so that Kubernetes can see that it is not root.
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 3000
# An empty ProxyHandler: a proxy for the way out must not be asked for the loopback.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as r; r.build_opener(r.ProxyHandler({})).open(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
CMD ["listwright", "serve"]
