import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml  # type: ignore[import-untyped]  # it comes with frictionless, and without types
from streamlit.file_util import get_static_dir

from ocmap.analysis.profile import CountryProfile
from ocmap.app.packed_files import IMMUTABLE, InstalledFiles, caching_of
from ocmap.export.static_site import build_site

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
CONTAINERFILE = (ROOT / "Containerfile").read_text("utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text("utf-8")
GUIDE = (ROOT / "docs" / "hosting.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PORT = 8501
KUBERNETES = "1.37"


def documents(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((DEPLOY / name).read_text("utf-8")))


def kind(name: str, wanted: str) -> dict[str, Any]:
    return next(one for one in documents(name) if one["kind"] == wanted)


def container(name: str, wanted: str) -> dict[str, Any]:
    spec = kind(name, wanted)["spec"]["template"]["spec"]
    assert spec["securityContext"]["runAsNonRoot"]
    return dict(spec["containers"][0])


def test_the_cloud_installs_this_project_in_the_pinned_versions() -> None:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["--constraint constraints.txt", "--editable ."]


def test_every_dependency_has_a_pinned_version() -> None:
    pins = (ROOT / "constraints.txt").read_text("utf-8").lower().replace("_", "-")
    names = [re.split(r"[<>=!~\[]", one)[0] for one in PROJECT["dependencies"]]
    assert "streamlit" in names
    assert [name for name in names if not re.search(rf"^{name}==", pins, re.MULTILINE)] == []


def test_the_image_has_a_python_that_the_project_allows() -> None:
    versions = re.findall(r"library/python:(\d+)\.(\d+)-slim", CONTAINERFILE)
    least = re.fullmatch(r">=(\d+)\.(\d+)", PROJECT["requires-python"])
    assert least
    assert len(versions) == 1
    assert CONTAINERFILE.count("FROM ${PYTHON_IMAGE} AS ") == 2
    assert tuple(map(int, versions[0])) >= tuple(map(int, least.groups()))


def test_files_copied_into_the_image_exist_and_are_not_ignored() -> None:
    kept = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE)
    copied = [
        source
        for line in re.findall(r"^COPY (?!--from)(.+)$", CONTAINERFILE, re.MULTILINE)
        for source in line.split()[:-1]
    ]
    assert "src" in copied
    assert [one for one in copied if not (ROOT / one).exists()] == []
    assert {one.split("/")[0] for one in copied} == set(kept)


def test_the_image_does_not_run_as_root_and_warms_up() -> None:
    assert CONTAINERFILE.count("USER 10001:10001") == 2
    assert "STREAMLIT_SERVER_SCRIPT_HEALTH_CHECK_ENABLED=true" in CONTAINERFILE
    assert f"http://127.0.0.1:{PORT}/_stcore/script-health-check" in CONTAINERFILE
    assert f"STREAMLIT_SERVER_PORT={PORT}" in CONTAINERFILE


def test_compose_passes_every_replica_to_nginx() -> None:
    services = documents("compose.yaml")[0]["services"]
    web = services.pop("web")
    assert web["environment"]["REPLICAS"].split() == [f"{name}:{PORT}" for name in services]
    assert set(web["depends_on"]) == set(services)
    for service in (web, *services.values()):
        assert service["read_only"]
        assert f" AS {service['build']['target']}\n" in CONTAINERFILE
        assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()


def test_kubernetes_manifests_match_the_schemas_of_kubernetes() -> None:
    manifests = [
        (file.name, one)
        for file in sorted((DEPLOY / "kubernetes").iterdir())
        if file.name != "kustomization.yaml"  # no resource of the cluster, and without a schema there
        for one in documents(f"kubernetes/{file.name}")
    ]
    faults = []
    for name, one in manifests:
        try:
            kubernetes_validate.validate(one, KUBERNETES, strict=True)
        except kubernetes_validate.ValidationError as fault:
            faults.append(f"{name}: {one['kind']}: {fault.message}")
    assert {one["kind"] for _, one in manifests} >= {"Namespace", "Service", "StatefulSet", "Deployment"}
    assert faults == []


def test_kubernetes_passes_every_replica_to_nginx() -> None:
    replicas = kind("kubernetes/app.yaml", "StatefulSet")
    service = kind("kubernetes/app.yaml", "Service")["metadata"]["name"]
    namespace = documents("kubernetes/namespace.yaml")[0]["metadata"]["name"]
    names = container("kubernetes/web.yaml", "Deployment")["env"][0]
    assert replicas["spec"]["serviceName"] == service
    assert names["name"] == "REPLICAS"
    assert names["value"].split() == [
        f"{replicas['metadata']['name']}-{number}.{service}.{namespace}.svc.cluster.local:{PORT}"
        for number in range(replicas["spec"]["replicas"])
    ]


@pytest.mark.parametrize(("name", "wanted"), [("app", "StatefulSet"), ("web", "Deployment")])
def test_kubernetes_grants_no_privileges(name: str, wanted: str) -> None:
    security = container(f"kubernetes/{name}.yaml", wanted)["securityContext"]
    assert security["readOnlyRootFilesystem"]
    assert not security["allowPrivilegeEscalation"]
    assert security["capabilities"] == {"drop": ["ALL"]}


def test_kubernetes_warms_up_a_replica_before_it_receives_readers() -> None:
    found = container("kubernetes/app.yaml", "StatefulSet")
    assert found["startupProbe"]["httpGet"]["path"] == "/_stcore/script-health-check"
    assert found["readinessProbe"]["httpGet"]["path"] == "/_stcore/health"


def test_kustomize_lists_the_manifests_and_the_project_version() -> None:
    listed = documents("kubernetes/kustomization.yaml")[0]
    assert {f"{name}.yaml" for name in ("app", "web", "namespace")} == set(listed["resources"])
    assert [image["newTag"] for image in listed["images"]] == [PROJECT["version"]] * 2


def start_web(folder: Path, program: str, **environment: str) -> str:
    """Run web.sh with a substitute for nginx; return the configuration of the replicas."""
    (folder / "run").mkdir()
    if program:
        (folder / "nginx").write_text(program, "utf-8")
        (folder / "nginx").chmod(0o755)
    settings = {"PATH": f"{folder}:{os.environ['PATH']}", "PREFIX": str(folder), **environment}
    subprocess.run([DEPLOY / "web.sh", "-t"], check=True, env=settings, capture_output=True)  # noqa: S603 - our own script
    return (folder / "run" / "replicas.conf").read_text("utf-8")


def test_nginx_has_each_replica_and_sends_a_reader_to_the_same_one(tmp_path: Path) -> None:
    written = start_web(tmp_path, "#!/bin/sh\n", REPLICAS="a:1 b:2", RESOLVE="")
    assert re.findall(r"server (\S+) ", written) == ["a:1", "b:2"]
    assert "hash $remote_addr$http_user_agent consistent;" in written
    assert "resolve" not in written
    assert (tmp_path / "run" / "nginx.conf").read_text("utf-8") == NGINX


def test_names_with_a_changed_address_are_resolved_again(tmp_path: Path) -> None:
    written = start_web(tmp_path, "#!/bin/sh\n", REPLICAS="a:1 b:2")
    assert re.findall(r"server (\S+) .* resolve;", written) == ["a:1", "b:2"]


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
def test_nginx_accepts_the_configuration(tmp_path: Path) -> None:
    start_web(tmp_path, "", REPLICAS="127.0.0.1:1 127.0.0.1:2", RESOLVE="")


def is_kept_for_a_year(address: str) -> bool:
    patterns = re.findall(r'"~(\S+)"\s+"public, max-age=31536000, immutable"', NGINX)
    assert len(patterns) == 2  # our names and those of packages
    return any(re.search(one, f"|{address}") for one in patterns)


def test_only_names_with_a_hash_are_cached_for_a_year() -> None:
    static = Path(get_static_dir())
    hashed = [f"/{path.relative_to(static)}" for path in (static / "static").rglob("*.*")]
    assert len(hashed) > 100
    assert [one for one in hashed if not is_kept_for_a_year(one)] == []
    assert is_kept_for_a_year("/app/static/map.0123456789ab.js")
    for plain in ("/", "/index.html", "/app/static/README.md", "/app/static/map.js", "/media/0123456789ab.csv"):
        assert not is_kept_for_a_year(plain)


def test_nginx_keeps_a_file_as_long_as_a_replica_says(profile: CountryProfile) -> None:
    installed = [*InstalledFiles().paths, *(f"light/{name}" for name in build_site(profile))]
    assert len(installed) > 300
    assert [one for one in installed if is_kept_for_a_year(f"/{one}") != (caching_of(one) == IMMUTABLE)] == []


def test_nginx_looks_for_its_files_where_publish_writes_them(profile: CountryProfile) -> None:
    pattern = re.search(r"location ~ (\S+) \{\s+root site;", NGINX)
    assert pattern
    assert all(re.search(pattern[1], f"/{name}") for name in InstalledFiles().paths)
    assert all(re.search(pattern[1], f"/light/{name}") for name in build_site(profile))
    assert re.search(pattern[1], "/app/static/map.0123456789ab.js")
    assert not re.search(pattern[1], "/preview/map.es.png")


def test_readers_cannot_reach_the_operator_endpoints() -> None:
    pattern = re.search(r"location ~ (/_stcore\S+) \{\s+return 404;", NGINX)
    assert pattern
    for name in ("metrics", "script-health-check", "upload_file/x/y", "agent/mcp"):
        assert re.search(pattern[1], f"/_stcore/{name}")
    for name in ("health", "host-config", "stream"):
        assert not re.search(pattern[1], f"/_stcore/{name}")


def test_every_file_named_in_the_guide_exists() -> None:
    linked = re.findall(r"\]\((?!https?:|#)([^)#]+)", GUIDE)
    assert len(linked) >= 5
    assert [one for one in linked if not (ROOT / "docs" / one).exists()] == []


def test_every_nginx_line_quoted_in_the_guide_is_in_the_configuration() -> None:
    quoted = re.findall(r"`((?:auth_basic|set_real_ip_from|add_header|hash)[^`]*;)`", GUIDE)
    assert quoted
    texts = NGINX + (DEPLOY / "web.sh").read_text("utf-8")
    assert [one for one in quoted if one not in texts] == []
