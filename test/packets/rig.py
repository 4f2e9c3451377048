"""Lays out network namespaces as a plan on standard input says, tries its connections, and prints which of them opened.

One line of JSON in, one line out. The namespaces have no names and end with this process. Nothing in them leads to the machine's own network.
"""
import ctypes
import errno
import json
import os
import resource
import select
import socket
import subprocess
import sys
import time

CLONE_NEWNET = 0x40000000
# How long no attempt may make progress before those left count as stopped; they are then asked again with far more patience.
QUIET_SECONDS = 0.25
PATIENT_SECONDS = 1.5

libc = ctypes.CDLL(None, use_errno=True)


def check(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def enter(descriptor):
    check(libc.setns(descriptor, CLONE_NEWNET))


def new_namespace():
    check(libc.unshare(CLONE_NEWNET))
    return os.open("/proc/self/ns/net", os.O_RDONLY)


def run(program, text):
    done = subprocess.run(program, input=text, text=True, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{program}: {done.stderr}\n{text}")


def write(path, value):
    with open(path, "w", encoding="ascii") as file:
        file.write(value)


def configure(lines):
    """The lines of one family are a batch of their own: `ip` takes the family for a whole batch alone."""
    families = {"-4": [], "-6": [], "": []}
    for line in lines:
        families[line[:2] if line[:2] in families else ""].append(line)
    for family in ("", "-4", "-6"):
        text = "\n".join(line.removeprefix(family).strip() for line in families[family]) + "\n"
        run(["ip", *([family] if family else []), "-batch", "-"], text)


def set_up(descriptor, forwards):
    enter(descriptor)
    for setting in ("all", "default"):
        write(f"/proc/sys/net/ipv4/conf/{setting}/rp_filter", "0")
        write(f"/proc/sys/net/ipv6/conf/{setting}/accept_dad", "0")
        write(f"/proc/sys/net/ipv6/conf/{setting}/disable_ipv6", "0")
        if forwards:
            write(f"/proc/sys/net/ipv6/conf/{setting}/forwarding", "1")
            write(f"/proc/sys/net/ipv4/conf/{setting}/send_redirects", "0")
    if forwards:
        write("/proc/sys/net/ipv4/ip_forward", "1")


def listen(ports):
    sockets = []
    for port in ports:
        listener = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("::", port))
        listener.listen(4096)
        sockets.append(listener)
    return sockets


def begin(attempt):
    """A socket that is being connected, or None where the system finds at once that no route leads there."""
    _namespace, source, source_port, target, port = attempt
    client = socket.socket(socket.AF_INET6 if ":" in source else socket.AF_INET, socket.SOCK_STREAM)
    client.setblocking(False)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # An abrupt end: no closing handshake is left behind.
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    client.bind((source, source_port))
    code = client.connect_ex((target, port))
    if code in (0, errno.EINPROGRESS):
        return client
    client.close()
    if code in (errno.ENETUNREACH, errno.EHOSTUNREACH):
        return None
    raise OSError(code, os.strerror(code), str(attempt))


def try_all(descriptors, attempts, patience):
    opened = [False] * len(attempts)
    waiting = {}
    poll = select.epoll()
    for index, attempt in sorted(enumerate(attempts), key=lambda pair: pair[1][0]):
        enter(descriptors[attempt[0]])
        client = begin(attempt)
        if client is not None:
            waiting[client.fileno()] = (index, client)
            poll.register(client.fileno(), select.EPOLLOUT)
    quiet_since = time.monotonic()
    while waiting and time.monotonic() - quiet_since < patience:
        for descriptor, _events in poll.poll(0.02):
            index, client = waiting.pop(descriptor)
            poll.unregister(descriptor)
            opened[index] = client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0
            client.close()
            quiet_since = time.monotonic()
    for _index, client in waiting.values():
        client.close()
    poll.close()
    return opened


def rehearse(plan):
    descriptors = {name: new_namespace() for name in plan["namespaces"]}
    for name, namespace in plan["namespaces"].items():
        set_up(descriptors[name], namespace["forwards"])
    paths = {name: f"/proc/{os.getpid()}/fd/{descriptor}" for name, descriptor in descriptors.items()}
    listeners = []
    for name, namespace in plan["namespaces"].items():
        enter(descriptors[name])
        configure([line.format(**paths) for line in namespace["ip"]])
        run(["nft", "-f", "-"], namespace["nft"])
        listeners += listen(namespace["listens"])
    attempts = plan["attempts"]
    opened = try_all(descriptors, attempts, QUIET_SECONDS)
    # A slow machine must not look like a closed port.
    doubted = [index for index, (wanted, got) in enumerate(zip(plan["expected"], opened)) if wanted and not got]
    for index, result in zip(doubted, try_all(descriptors, [attempts[index] for index in doubted], PATIENT_SECONDS)):
        opened[index] = result
    for listener in listeners:
        listener.close()
    for descriptor in descriptors.values():
        os.close(descriptor)
    return opened


if __name__ == "__main__":
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    own = os.open("/proc/self/ns/net", os.O_RDONLY)
    for request in sys.stdin:
        print(json.dumps(rehearse(json.loads(request))), flush=True)
        enter(own)
