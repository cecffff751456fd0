"""Runs the tasks of a folder with lm-evaluation-harness and prints RESULTS and a JSON. Arguments: model folder, tasks folder."""
import json
import pathlib
import sys
import tempfile

import lm_eval
import torch
import transformers
from lm_eval.tasks import TaskManager

torch.set_num_threads(1)
model, tasks = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
with tempfile.TemporaryDirectory() as folder:
    for task in tasks.glob("*.yaml"):
        text = task.read_text().replace("FOLDER", str(tasks))
        pathlib.Path(folder, task.name).write_text(text)
    found = lm_eval.simple_evaluate(
        model="hf",
        model_args={"pretrained": model, "dtype": "float32"},
        tasks=sorted(path.stem for path in tasks.glob("*.yaml")),
        task_manager=TaskManager(include_path=folder, include_defaults=False),
        batch_size=1,
        device="cpu",
        bootstrap_iters=2,
        log_samples=True,
    )
kept = {
    name: [
        {
            "doc_id": sample["doc_id"],
            "resps": [response[0] for response in sample["resps"]],
            "filtered_resps": sample["filtered_resps"],
        }
        for sample in sorted(samples, key=lambda sample: sample["doc_id"])
    ]
    for name, samples in found["samples"].items()
}
print("RESULTS " + json.dumps({
    "source": f"lm-eval {lm_eval.__version__}, transformers {transformers.__version__}, torch {torch.__version__}",
    "results": found["results"],
    "n-samples": found["n-samples"],
    "samples": kept,
}))
