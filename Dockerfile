# The portal in production; docker-compose.yml runs web, worker, beat and migrations from this one image.
FROM python:3.12-slim-bookworm

RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core fonts-liberation2 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin portal

WORKDIR /srv/portal
ENV PATH=/srv/portal/.venv/bin:$PATH PYTHONUNBUFFERED=1

# Only what the requirements say, so that this layer is made anew only when they change.
COPY requirements/ requirements/
RUN python3 -m venv .tools \
    && .tools/bin/pip install --quiet --no-cache-dir --require-hashes --requirement requirements/uv.txt
RUN .tools/bin/uv venv --quiet --python python3 .venv \
    && .tools/bin/uv pip sync --quiet --no-cache --python .venv/bin/python --require-hashes requirements/run.txt \
    && rm -rf .tools

COPY . .
RUN .venv/bin/python -m compileall -q -j 0 kpi meetings members protocols regulation staff_portal
RUN .venv/bin/python -m staff_portal.catalogues
# These values serve this one command only; nothing of them stays in the image.
RUN SECRET_KEY=$(head -c 48 /dev/urandom | base64) DATABASE_URL=postgres://nobody@nowhere/nothing \
    CACHE_URL=redis://nowhere \
    .venv/bin/python manage.py collectstatic --no-input --verbosity 0
# A new volume mounted there takes over the owner.
RUN mkdir -p var/media && chown 10001:10001 var/media

USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "--bind=0.0.0.0:8000", "--workers=2", "--no-control-socket", "--worker-tmp-dir=/dev/shm", \
     "--access-logfile=-", "staff_portal.wsgi"]
