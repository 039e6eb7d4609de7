# Python 3.12 as .python-version asks, on Debian trixie (.python-version:1)
ARG BASE_IMAGE=python:3.12-slim-trixie

# Vite writes into static/dist (backend/frontend/package.json:5)
FROM node:22-slim AS assets
WORKDIR /app/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci
COPY templates /app/templates
COPY frontend/ ./
RUN npm run build

# The builder stage has what only the build needs; the image gets nothing but its virtual environment and the source.
FROM ${BASE_IMAGE} AS builder

# psycopg2 has no wheel (backend/pyproject.toml:9)
# libpq-dev: psycopg2
# gcc: psycopg2
# No versions: Debian takes old ones off its mirrors, and the release is pinned by the base image.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        gcc \
        libpq-dev \
    && rm -rf /var/lib/apt/lists/*

# The virtual environment has the same path in both stages: its scripts hold it in their first line.
ENV VIRTUAL_ENV=/opt/venv \
    PATH="/opt/venv/bin:$PATH" \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore \
    UV_LINK_MODE=copy \
    UV_PROJECT_ENVIRONMENT=/opt/venv
RUN python -m pip install --no-cache-dir uv==0.9.1 \
    && python -m venv "$VIRTUAL_ENV"
WORKDIR /app

# Uv installs uv.lock (backend/uv.lock:1)
# Only these files: a change of the source does not install anything anew.
COPY pyproject.toml uv.lock ./
COPY requirements/base.txt ./requirements/
COPY ["libs/a b/", "./libs/a b/"]
RUN uv sync --frozen --no-dev --no-install-project

COPY . .
RUN uv sync --frozen --no-dev

# A server is needed
# gunicorn==23.0.0: no requirement is a web server
RUN uv pip install --no-cache gunicorn==23.0.0

# The image runs without pip, and without the sources of the packages' translations:
# gettext reads what was compiled from them.
RUN pip uninstall --no-cache-dir --yes pip && find "$VIRTUAL_ENV" -name '*.po' -delete

COPY --from=assets /app/static/dist /app/static/dist

# manage.py stands here (backend/src/manage.py:1)
WORKDIR /app/src

# No .mo file is committed
RUN python manage.py compilemessages

# Static files go to Spaces: the pre-deploy job uploads them (backend/src/a.py:1)

# The image that runs.
FROM ${BASE_IMAGE}

# Libraries that are loaded
# libpq5: psycopg2
# No versions: Debian takes old ones off its mirrors, and the release is pinned by the base image.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpq5 \
    && rm -rf /var/lib/apt/lists/*

# A numeric user that is not root
RUN groupadd --gid 10001 app \
    && useradd --no-log-init --uid 10001 --gid app --no-create-home --home-dir /tmp app

# What the buildpack set silently
# PYTHONUNBUFFERED: logs appear at once
# HOME: the user has no folder
ENV PATH="/opt/venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp

WORKDIR /app/src
COPY --from=builder /opt/venv /opt/venv
COPY --from=builder /app /app

# MEDIA_ROOT is a local folder (backend/src/a.py:9)
RUN install -d -o 10001 -g 10001 /app/src/media

USER 10001:10001

# The platform's default
EXPOSE 8080

# As the Procfile says (Procfile:1)
CMD ["sh", "-c", "exec gunicorn shop.wsgi --bind 0.0.0.0:${PORT:-8080}"]
