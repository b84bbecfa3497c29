#!/usr/bin/env bash
# The index beside hnswlib, usearch, hnsw_rs and numpy, on vectors of real passages, in one run; prints a table.
#
# Usage: benches/peers/run.sh PASSAGES.jsonl.gz [COUNT]
# PASSAGES has a JSON object a line with a `text`. Needs python3 with venv, and its package index. One thread answers.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
passages=$(realpath "${1:?usage: run.sh PASSAGES.jsonl.gz [COUNT]}")
count=${2:-100000}
m=16
ef_construction=200
efs=(20 24 28 30 32 34 36 38 40 44 48 56 64 80 100 140 200 300)
export CARGO_TARGET_DIR=$here/../../target/peers
data=$CARGO_TARGET_DIR/data-$count
python=$CARGO_TARGET_DIR/venv/bin/python
mkdir -p "$data"

[[ -x $python ]] || python3 -m venv "$CARGO_TARGET_DIR/venv"
"$python" -m pip install --quiet --disable-pip-version-check hnswlib==0.8.0 usearch==2.26.6 numpy==2.4.6
cargo build --release --quiet --manifest-path "$here/Cargo.toml"
bin=$CARGO_TARGET_DIR/release

if [[ ! -f $data/truth.u32 ]]; then
    gzip -dc "$passages" | "$bin/vectors" "$data" "$count" 2000
    "$python" "$here/peers.py" truth "$data"
fi

results=$data/results.jsonl
{
    "$bin/ours" "$data" "$m" "$ef_construction" build
    "$bin/ours" "$data" "$m" "$ef_construction" "${efs[@]}"
    "$python" "$here/peers.py" hnswlib "$data" "$m" "$ef_construction" "${efs[@]}"
    "$python" "$here/peers.py" usearch "$data" "$m" "$ef_construction" "${efs[@]}"
    "$python" "$here/peers.py" usearch-i8 "$data" "$m" "$ef_construction" "${efs[@]}"
    "$bin/hnsw_rs" "$data" "$m" "$ef_construction" "${efs[@]}"
    "$python" "$here/peers.py" numpy "$data"
} | tee "$results" >&2
"$python" "$here/peers.py" table "$results"
