# Untested where no container engine runs; the two commands of README.md are all it does.
FROM python:3.11-slim
RUN apt-get update && apt-get install --yes --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /exact-relu
COPY . .
RUN make setup
CMD ["make", "demo"]
