#!/usr/bin/env python3
"""samples/cluster: what a Job must have, and the numbers that must agree; and the arguments of the Job, to be run.

Usage: cluster.py check                      exits 1 with what is wrong
       cluster.py arguments INDEX IN OUT     the Job's arguments for one index, one a line, with these folders for /in and /out
Needs PyYAML; where kubernetes-validate is installed, the schemas of Kubernetes judge as well.
"""

import re
import sys
from pathlib import Path

import yaml

CLUSTER = Path(__file__).resolve().parent.parent / "samples" / "cluster"
INDEX_FIELD = "metadata.annotations['batch.kubernetes.io/job-completion-index']"


def documents(name):
    return list(yaml.safe_load_all((CLUSTER / name).read_text(encoding="utf-8")))


def job():
    return documents("kubernetes.yaml")[0]


def arguments(index, source, target):
    container = job()["spec"]["template"]["spec"]["containers"][0]
    for argument in container["args"]:
        argument = argument.replace("$(SHARD)", index)
        yield re.sub(r"^/in\b", source, re.sub(r"^/out\b", target, argument))


def confined(name, document):
    """What keeps a pod harmless."""
    pod = document["spec"]["template"]["spec"]
    safe = pod["securityContext"]
    yield pod["restartPolicy"] == "Never", f"{name}: restartPolicy of a Job"
    yield safe["runAsNonRoot"] and safe["runAsUser"] > 0, f"{name}: runs as root"
    yield pod["automountServiceAccountToken"] is False, f"{name}: a token that nobody needs"
    mounted = {volume["name"] for volume in pod["volumes"]}
    for container in pod["containers"]:
        own = container["securityContext"]
        yield own["readOnlyRootFilesystem"] is True, f"{name}: the root can be written"
        yield own["allowPrivilegeEscalation"] is False, f"{name}: privileges"
        yield own["capabilities"]["drop"] == ["ALL"], f"{name}: capabilities"
        yield {"cpu", "memory"} <= set(container["resources"]["requests"]), f"{name}: requests"
        yield {mount["name"] for mount in container["volumeMounts"]} <= mounted, f"{name}: a volume that is not there"


def indexed(document):
    """What makes it an Indexed Job whose pods do a share each."""
    spec = document["spec"]
    container = spec["template"]["spec"]["containers"][0]
    shares = container["args"][container["args"].index("--shard") + 1]
    yield spec["completionMode"] == "Indexed", "completionMode"
    yield shares == f"auto/{spec['completions']}", f"--shard {shares}, completions {spec['completions']}"
    yield spec["parallelism"] <= spec["completions"], "more pods than shares"
    yield spec["maxFailedIndexes"] == spec["completions"], "one bad share stops the others"
    rule = spec["podFailurePolicy"]["rules"][0]
    yield rule["action"] == "FailIndex" and rule["onExitCodes"]["values"] == [1, 2], "findings are no reason to try again"
    fields = {entry["name"]: entry["valueFrom"]["fieldRef"]["fieldPath"] for entry in container["env"]}
    yield fields == {"SHARD": INDEX_FIELD}, "the index"
    mounts = {mount["mountPath"]: mount.get("readOnly", False) for mount in container["volumeMounts"]}
    yield mounts == {"/in": True, "/out": False}, "volumes"


def offline(document, labelled):
    spec = document["spec"]
    yield document["kind"] == "NetworkPolicy", "NetworkPolicy"
    yield spec["podSelector"]["matchLabels"].items() <= labelled["spec"]["template"]["metadata"]["labels"].items(), "labels"
    closed = sorted(spec["policyTypes"]) == ["Egress", "Ingress"] and not {"ingress", "egress"} & set(spec)
    yield closed, "the network is open"


def image():
    """What must hold of the Dockerfile; its form is hadolint's business."""
    lines = (CLUSTER / "Dockerfile").read_text(encoding="utf-8").splitlines()
    steps = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    stages = [rest.split() for word, rest in steps if word == "FROM"]
    names = {stage[2] for stage in stages if len(stage) == 3}
    yield stages[-1] == ["base"] and {"build", "base", "prebuilt"} <= names, "stages"
    build = next((rest for word, rest in steps if word == "RUN"), "")
    yield build == "cargo build --profile dist --locked --offline", f"RUN {build}"
    yield all(word != "RUN" or "apt" not in rest and "curl" not in rest for word, rest in steps), "needs the network"
    user = next(rest for word, rest in steps if word == "USER")
    yield re.fullmatch(r"[1-9]\d*:[1-9]\d*", user), f"USER {user}: a number that is not 0, as runAsNonRoot wants"
    uid = job()["spec"]["template"]["spec"]["securityContext"]["runAsUser"]
    yield user.split(":")[0] == str(uid), "the image and the Job name different users"


def by_the_schemas(name):
    try:
        import kubernetes_validate
    except ImportError:
        return
    for document in documents(name):
        try:
            kubernetes_validate.validate(document, "1.31", strict=True)
        except kubernetes_validate.ValidationError as error:
            yield False, f"{name}: {error}"


def check():
    work, network = documents("kubernetes.yaml")
    (merge,) = documents("kubernetes-merge.yaml")
    judged = [*indexed(work), *confined("job", work), *confined("merge", merge), *offline(network, work), *image()]
    judged += [*by_the_schemas("kubernetes.yaml"), *by_the_schemas("kubernetes-merge.yaml")]
    judged.append((merge["spec"]["template"]["spec"]["containers"][0]["image"] ==
                   work["spec"]["template"]["spec"]["containers"][0]["image"], "two images"))
    wrong = [what for holds, what in judged if not holds]
    for what in wrong:
        print(f"samples/cluster: {what}")
    return 1 if wrong else 0


def main():
    if sys.argv[1:] == ["check"]:
        sys.exit(check())
    if len(sys.argv) == 5 and sys.argv[1] == "arguments":
        print("\n".join(arguments(*sys.argv[2:])))
        return
    sys.exit(__doc__)


if __name__ == "__main__":
    main()
