# The dashboard in a container: the store is a volume, nothing else is kept.
#   docker build -t kasstroom . && docker run -p 127.0.0.1:8501:8501 -v kasstroom:/store kasstroom
FROM python:3.13-slim

RUN pip install --no-cache-dir uv \
    && useradd --create-home kasstroom \
    && mkdir /store && chown kasstroom /store

WORKDIR /app
COPY --chown=kasstroom pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev
COPY --chown=kasstroom . .

USER kasstroom
# Days begin in Amsterdam time; another zone is `-e KASSTROOM_TIMEZONE=Europe/Berlin`, or time_zone in settings.csv.
ENV KASSTROOM_STORE=/store UV_NO_SYNC=1 OPENBLAS_NUM_THREADS=1
VOLUME /store
EXPOSE 8501

# Inside the container every interface is the container's own; publish the port on 127.0.0.1 unless sign-in is set up.
CMD ["sh", "-c", "test -e /store/CURRENT || uv run kasstroom.py demo; exec uv run streamlit run app.py --server.address 0.0.0.0 --server.port 8501"]
