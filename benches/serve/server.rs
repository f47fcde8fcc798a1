//! The servers that are compared: how they are started, and the CPU time that they used.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::Outcome;
use crate::case::{Answer, Case, find_cases};
use crate::client::fetch;
use crate::options::Options;

/// The core of the servers. The client has the next one.
const SERVER_CORE: &str = "0";
const CLIENT_CORE: usize = 1;

const PACKAGES: [&str; 3] = ["nginx-light", "libnginx-mod-http-brotli-static", "wrk"];

/// The brotli module of Debian's package.
const BROTLI: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

/// A running server. It ends when it is dropped.
pub(crate) struct Server {
    pub(crate) name: &'static str,
    child: Child,
    ports: Ports,
}

/// Which port answers a case.
enum Ports {
    One(u16),
    /// One for each case.
    Each(Vec<(String, Answer, u16)>),
}

/// All servers, and the cases that they answer.
pub(crate) struct Servers {
    /// Ours first, then nginx with our headers, nginx, actix-web and the bare loop.
    pub(crate) all: Vec<Server>,
    pub(crate) cases: Vec<Case>,
}

impl Servers {
    /// Starts the servers, with files of their own in the folder.
    pub(crate) fn start(folder: &Path, options: &Options) -> Outcome<Self> {
        let ours = start_ours(&options.binary)?;
        let cases = find_cases(ours.any_address())?;
        write_responses(folder, &ours, &cases)?;
        let site = folder.join("site");
        run(Command::new(&options.binary).arg("export").arg("--built-in").arg(&site))?;
        let nginx_with_headers = start_nginx(folder, &site, &ours, &cases, true)?;
        let nginx = start_nginx(folder, &site, &ours, &cases, false)?;
        let actix = start_peer("actix", folder, &cases)?;
        let bare = start_peer("bare", folder, &cases)?;
        let all = vec![ours, nginx_with_headers, nginx, actix, bare];
        for server in &all {
            for case in &cases {
                fetch(server.address(case), &case.request(server.address(case))?)
                    .map_err(|error| format!("{}: {error}", server.name))?;
            }
        }
        Ok(Self { all, cases })
    }
}

impl Server {
    pub(crate) fn address(&self, case: &Case) -> SocketAddr {
        let port = match &self.ports {
            Ports::One(port) => *port,
            Ports::Each(ports) => ports
                .iter()
                .find(|(path, answer, _)| *path == case.path && *answer == case.answer)
                .map_or(0, |(_, _, port)| *port),
        };
        local(port)
    }

    fn any_address(&self) -> SocketAddr {
        match &self.ports {
            Ports::One(port) => local(*port),
            Ports::Each(ports) => local(ports.first().map_or(0, |(_, _, port)| *port)),
        }
    }

    /// The CPU time of the process and its children, from `/proc/PID/stat`.
    pub(crate) fn cpu_seconds(&self) -> Outcome<f64> {
        let id = self.child.id();
        let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children"))?;
        let ids = children.split_whitespace().map(str::parse).collect::<Result<Vec<u32>, _>>()?;
        let ticks = ids.into_iter().chain([id]).map(cpu_ticks).sum::<Outcome<u32>>()?;
        Ok(f64::from(ticks) / f64::from(u32::try_from(rustix::param::clock_ticks_per_second())?))
    }

    /// Waits until the process has used no CPU time for a moment: it has compiled and indexed.
    fn wait_until_idle(&self) -> Outcome<()> {
        let mut before = -1.0;
        loop {
            let now = self.cpu_seconds()?;
            if now - before < 0.001 {
                return Ok(());
            }
            before = now;
            std::thread::sleep(Duration::from_millis(500));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // nginx ends its workers only if it is asked to end.
        if let Some(id) = rustix::process::Pid::from_raw(self.child.id().cast_signed()) {
            let _ = rustix::process::kill_process(id, rustix::process::Signal::TERM);
        }
        let _ = self.child.wait();
    }
}

/// User and system time of a process in clock ticks.
fn cpu_ticks(id: u32) -> Outcome<u32> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat"))?;
    // The name in parentheses may have spaces.
    let fields = stat.rsplit_once(") ").ok_or("no name in stat")?.1;
    let times = fields.split(' ').skip(11).take(2).map(str::parse::<u32>);
    Ok(times.sum::<Result<u32, _>>()?)
}

fn local(port: u16) -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], port))
}

/// Installs what is missing of Debian's packages. Debian starts no nginx in a container; elsewhere
/// it listens on port 80, which is not used here.
pub(crate) fn install_packages() -> Outcome<()> {
    let is_there = ["nginx", "wrk"].iter().all(|name| {
        Command::new("sh")
            .args(["-c", &format!("command -v {name} >/dev/null")])
            .status()
            .is_ok_and(|status| status.success())
    });
    if is_there && Path::new(BROTLI).exists() {
        return Ok(());
    }
    run(Command::new("apt-get").args(["-qq", "update"]))?;
    let options = ["-qq", "-o", "Dpkg::Use-Pty=0", "install", "-y", "--no-install-recommends"];
    run(Command::new("apt-get")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(options)
        .args(PACKAGES))
}

/// Moves this process, and wrk with it, to the client's core.
pub(crate) fn pin_to_client_core() -> Outcome<()> {
    let mut cores = rustix::thread::CpuSet::new();
    cores.set(CLIENT_CORE);
    Ok(rustix::thread::sched_setaffinity(None, &cores)?)
}

fn run(command: &mut Command) -> Outcome<()> {
    let status = command.stdout(Stdio::null()).status()?;
    if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}").into()) }
}

/// A command on the servers' core.
fn on_server_core(program: &Path) -> Command {
    let mut command = Command::new("taskset");
    command.args(["--cpu-list", SERVER_CORE]).arg(program);
    command
}

fn start_ours(binary: &Path) -> Outcome<Server> {
    let mut command = on_server_core(binary);
    command.args(["serve", "--built-in", "--listen", "127.0.0.1:0", "--workers", "1"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let ports = read_ports(&mut child, 1)?;
    let server = Server { name: "ours", child, ports: Ports::One(ports[0]) };
    server.wait_until_idle()?;
    Ok(server)
}

/// Starts one of the peers that the bench contains.
fn start_peer(name: &'static str, folder: &Path, cases: &[Case]) -> Outcome<Server> {
    let mut command = on_server_core(&std::env::current_exe()?);
    let mut child = command.args(["peer", name]).arg(folder).stdout(Stdio::piped()).spawn()?;
    let count = if name == "bare" { cases.len() } else { 1 };
    let ports = read_ports(&mut child, count)?;
    let each = cases.iter().zip(&ports);
    let each = each.map(|(case, port)| (case.path.clone(), case.answer, *port)).collect();
    let ports = if count == 1 { Ports::One(ports[0]) } else { Ports::Each(each) };
    Ok(Server { name, child, ports })
}

/// Reads ports from lines of a server's output, each at the end of the line.
fn read_ports(child: &mut Child, count: usize) -> Outcome<Vec<u16>> {
    let output = child.stdout.take().ok_or("no output")?;
    let lines = BufReader::new(output).lines();
    let ports =
        lines.map_while(Result::ok).filter_map(|line| line.rsplit_once(':')?.1.parse().ok());
    let ports: Vec<u16> = ports.take(count).collect();
    if ports.len() == count { Ok(ports) } else { Err("a server did not start".into()) }
}

/// Starts nginx on the exported site.
fn start_nginx(
    folder: &Path,
    site: &Path,
    ours: &Server,
    cases: &[Case],
    has_our_headers: bool,
) -> Outcome<Server> {
    let name = if has_our_headers { "nginx+h" } else { "nginx" };
    let port = TcpListener::bind(local(0))?.local_addr()?.port();
    let mut locations = String::new();
    for (prefix, page) in [("/", "home"), ("/static/", "css")] {
        let case = cases
            .iter()
            .find(|case| case.page == page && case.answer == Answer::Brotli)
            .ok_or("a page is missing")?;
        let headers = if has_our_headers { our_headers(ours, case)? } else { String::new() };
        let _ = writeln!(locations, "location {prefix} {{\n{headers}}}");
    }
    let state = folder.join(name);
    fs::create_dir(&state)?;
    let (state_path, site) = (state.display(), site.display());
    let configuration = format!(
        "load_module {BROTLI};\nuser root;\ndaemon off;\nworker_processes 1;\n\
         pid {state_path}/pid;\nerror_log {state_path}/error.log crit;\n\
         worker_rlimit_nofile 16384;\nevents {{ worker_connections 8192; }}\n\
         http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\nserver_tokens off;\n\
         sendfile on;\ntcp_nopush on;\nkeepalive_requests 1000000000;\nkeepalive_timeout 75;\n\
         gzip_static on;\nbrotli_static on;\ncharset utf-8;\ncharset_types text/css;\n\
         open_file_cache max=10000 inactive=600s;\nopen_file_cache_valid 600s;\n\
         open_file_cache_min_uses 1;\nserver {{\nlisten 127.0.0.1:{port} backlog=4096;\n\
         root {site};\n{locations}}}\n}}\n"
    );
    let file = state.join("nginx.conf");
    fs::write(&file, configuration)?;
    let mut command = on_server_core(Path::new("nginx"));
    let child = command.arg("-c").arg(&file).stderr(Stdio::null()).spawn()?;
    let server = Server { name, child, ports: Ports::One(port) };
    for _ in 0..100 {
        if std::net::TcpStream::connect(local(port)).is_ok() {
            return Ok(server);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err(fs::read_to_string(state.join("error.log"))?.into())
}

/// The fields of our response that nginx does not set by itself, as its configuration.
fn our_headers(ours: &Server, case: &Case) -> Outcome<String> {
    let head = fetch(ours.address(case), &case.request(ours.address(case))?)?.head;
    let own = ["date", "content-length", "content-type", "content-encoding", "etag"];
    let fields = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    let fields = fields.filter(|(name, _)| !own.contains(name));
    Ok(fields.map(|(name, value)| format!("add_header {name} \"{value}\";\n")).collect())
}

/// Writes our response to each case for the peers.
fn write_responses(folder: &Path, ours: &Server, cases: &[Case]) -> Outcome<()> {
    let mut index = String::new();
    for (number, case) in cases.iter().enumerate() {
        let response = fetch(ours.address(case), &case.request(ours.address(case))?)?;
        let _ = writeln!(index, "{}\t{}", case.path, case.answer.name());
        let bytes = [response.head.as_bytes(), b"\r\n\r\n", &response.body].concat();
        fs::write(folder.join(format!("{number}.response")), bytes)?;
    }
    Ok(fs::write(folder.join("index.tsv"), index)?)
}
