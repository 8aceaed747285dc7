"""A profile read from its folder, with what it extends."""

import yaml


def load(path):
    """A YAML file with every scalar left as text; none where there is no file."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) if path.exists() else None


def read_profile(folders, name):
    """The profile's own keys on top of those that it inherits, less those that it drops (删去)."""
    folder = next(folder / name for folder in folders if (folder / name / "profile.yaml").exists())
    own = load(folder / "profile.yaml")
    own["指标体系"] = {s["编号"]: s for s in map(load, sorted(folder.glob("indices/*.yaml")))}
    own["勾稽关系"] = {identity["名称"]: identity for identity in own.get("勾稽关系", [])}
    if "继承" not in own:
        return own
    base, dropped = read_profile(folders, own["继承"]), set(own.get("删去", []))
    for key in ("数据项", "派生数据项", "勾稽关系", "指标体系"):
        kept = {name: value for name, value in base.get(key, {}).items() if name not in dropped}
        own[key] = kept | (own.get(key) or {})
    return {"等级": base.get("等级")} | own
