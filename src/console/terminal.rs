//! The terminal: taken on the way in, given back on every way out, and
//! written to one whole frame at a time.

use std::{
    io::{self, Write},
    panic::{self, PanicHookInfo},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use crossterm::{
    clipboard::CopyToClipboard,
    cursor::{Hide, MoveTo, Show},
    event::{DisableBracketedPaste, EnableBracketedPaste},
    queue,
    style::ResetColor,
    terminal::{
        BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
        LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
    },
};
use ratatui::{Terminal, TerminalOptions, Viewport, backend::CrosstermBackend, layout::Rect};

use super::{state::State, view};

/// Bytes of a frame that are kept before they are written.
const BUFFER: usize = 64 * 1024;

/// Where frames are shown.
pub trait Screen {
    /// Shows the state.
    ///
    /// # Errors
    /// Where the terminal cannot be written.
    fn draw(&mut self, state: &State) -> io::Result<()>;

    /// Makes the next frame write every cell.
    ///
    /// # Errors
    /// Where the terminal cannot be written.
    fn redraw(&mut self) -> io::Result<()>;

    /// Asks the terminal to copy a text; whether it does, it does not say.
    ///
    /// # Errors
    /// Where the terminal cannot be written.
    fn copy(&mut self, text: &str) -> io::Result<()>;

    /// Sounds the bell.
    ///
    /// # Errors
    /// Where the terminal cannot be written.
    fn bell(&mut self) -> io::Result<()>;
}

/// Gathers a frame's thousands of small writes, ratatui's own flushes
/// included, into one.
#[derive(Clone)]
pub struct FrameWriter(Arc<Mutex<Gathered>>);

struct Gathered {
    bytes: Vec<u8>,
    out: Box<dyn Write + Send>,
}

impl FrameWriter {
    /// Gathers what goes to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send>) -> Self {
        Self(Arc::new(Mutex::new(Gathered {
            bytes: Vec::with_capacity(BUFFER),
            out,
        })))
    }

    fn lock(&self) -> MutexGuard<'_, Gathered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what was gathered.
    ///
    /// # Errors
    /// Those of the output.
    pub fn commit(&self) -> io::Result<()> {
        let mut gathered = self.lock();
        gathered.pass_on()?;
        gathered.out.flush()
    }
}

impl Gathered {
    fn pass_on(&mut self) -> io::Result<()> {
        let result = self.out.write_all(&self.bytes);
        // What could not be written is not written again.
        self.bytes.clear();
        result
    }
}

impl Write for FrameWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut gathered = self.lock();
        if gathered.bytes.len() + bytes.len() > BUFFER {
            gathered.pass_on()?;
        }
        gathered.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Only [`FrameWriter::commit`] writes: ratatui flushes within a frame.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Frames on a real terminal.
pub struct Frames {
    terminal: Terminal<CrosstermBackend<FrameWriter>>,
    writer: FrameWriter,
}

impl Frames {
    /// Frames written to `writer`. Asks the terminal nothing: its size comes
    /// from the operating system.
    ///
    /// # Errors
    /// Where the size cannot be told.
    pub fn new(writer: FrameWriter) -> io::Result<Self> {
        let terminal = Terminal::new(CrosstermBackend::new(writer.clone()))?;
        Ok(Self { terminal, writer })
    }

    /// Frames of a fixed size, whatever the terminal's: to count what is
    /// written where there is none.
    ///
    /// # Errors
    /// None that is known.
    pub fn sized(writer: FrameWriter, size: (u16, u16)) -> io::Result<Self> {
        let viewport = Viewport::Fixed(Rect::new(0, 0, size.0, size.1));
        let backend = CrosstermBackend::new(writer.clone());
        let terminal = Terminal::with_options(backend, TerminalOptions { viewport })?;
        Ok(Self { terminal, writer })
    }
}

impl Screen for Frames {
    fn draw(&mut self, state: &State) -> io::Result<()> {
        queue!(self.writer, BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| {
            if let Some(cursor) = view::draw(state, frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        })?;
        queue!(self.writer, EndSynchronizedUpdate)?;
        self.writer.commit()
    }

    fn redraw(&mut self) -> io::Result<()> {
        // Not `Terminal::clear`: that asks the terminal where its cursor is.
        let size = self.terminal.size()?;
        self.terminal
            .resize(Rect::new(0, 0, size.width, size.height))
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        copy(&self.writer, text)
    }

    fn bell(&mut self) -> io::Result<()> {
        self.writer.write_all(b"\x07")?;
        self.writer.commit()
    }
}

/// Asks the terminal to take a text into its clipboard (OSC 52).
fn copy(writer: &FrameWriter, text: &str) -> io::Result<()> {
    let mut out = writer.clone();
    queue!(out, CopyToClipboard::to_clipboard_from(text))?;
    writer.commit()
}

type Hook = dyn Fn(&PanicHookInfo<'_>) + Send + Sync;

/// The terminal while the console has it. Given back when dropped, and
/// before a panic of its thread is told.
pub struct Session {
    writer: FrameWriter,
    active: Arc<AtomicBool>,
    hook: Arc<Hook>,
}

impl Session {
    /// Takes the terminal: raw mode, another screen, pasted text as such.
    ///
    /// # Errors
    /// Where it cannot be set so.
    pub fn enter(mut writer: FrameWriter) -> io::Result<Self> {
        enable_raw_mode()?;
        let active = Arc::new(AtomicBool::new(true));
        let hook: Arc<Hook> = Arc::from(panic::take_hook());
        set_hook(writer.clone(), active.clone(), hook.clone());
        queue!(writer, EnterAlternateScreen, EnableBracketedPaste, Hide)?;
        let session = Self {
            writer,
            active,
            hook,
        };
        session.writer.commit()?;
        Ok(session)
    }
}

/// A panic of this thread ends the console: the terminal is given back first,
/// so that the message can be read. One of another thread is caught there and
/// comes as an error; its message would only spoil the screen.
fn set_hook(writer: FrameWriter, active: Arc<AtomicBool>, before: Arc<Hook>) {
    let own = thread::current().id();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == own {
            leave(&writer, &active);
            before(info);
        } else if !active.load(Ordering::SeqCst) {
            before(info);
        }
    }));
}

fn leave(writer: &FrameWriter, active: &AtomicBool) {
    if !active.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = writer.clone();
    // On the way out there is nobody left to tell: the terminal may be gone.
    let _ = queue!(
        out,
        EndSynchronizedUpdate,
        DisableBracketedPaste,
        ResetColor,
        // A terminal that has no other screen would keep the patients on it.
        Clear(ClearType::All),
        MoveTo(0, 0),
        LeaveAlternateScreen,
        Show
    );
    let _ = out.commit();
    let _ = disable_raw_mode();
}

impl Drop for Session {
    fn drop(&mut self) {
        leave(&self.writer, &self.active);
        if !thread::panicking() {
            let before = self.hook.clone();
            panic::set_hook(Box::new(move |info| before(info)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Default)]
    struct Sink(Arc<Mutex<Vec<Vec<u8>>>>);

    impl Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().push(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn text(sink: &Sink) -> String {
        String::from_utf8(sink.0.lock().unwrap().concat()).unwrap()
    }

    #[test]
    fn the_screen_is_cleared_before_it_is_left_and_once() {
        let sink = Sink::default();
        let writer = FrameWriter::new(Box::new(sink.clone()));
        let active = AtomicBool::new(true);
        leave(&writer, &active);
        leave(&writer, &active);
        let sent = text(&sink);
        let cleared = sent.find("\u{1b}[2J").unwrap();
        let left = sent.find("\u{1b}[?1049l").unwrap();
        assert!(cleared < left && sent.ends_with("\u{1b}[?25h"), "{sent:?}");
        assert_eq!(sent.matches("\u{1b}[?1049l").count(), 1);
        // Nothing is written to the title.
        assert!(!sent.contains("\u{1b}]"), "{sent:?}");
    }

    #[test]
    fn a_copy_goes_to_the_clipboard_and_nowhere_else() {
        let sink = Sink::default();
        let writer = FrameWriter::new(Box::new(sink.clone()));
        copy(&writer, "VARM-1").unwrap();
        assert_eq!(text(&sink), "\u{1b}]52;c;VkFSTS0x\u{1b}\\");
    }

    const ALONE: &str = "FRISTDAG_TEST_ALONE";

    /// The hook is a whole process's, and other tests have theirs: it is set
    /// in one of its own.
    #[test]
    fn a_panic_gives_the_terminal_back_before_it_is_told() {
        if std::env::var_os(ALONE).is_some() {
            return panics_alone();
        }
        let name = "console::terminal::tests::a_panic_gives_the_terminal_back_before_it_is_told";
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name])
            .env(ALONE, "")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && said.contains("1 passed"),
            "{said}"
        );
    }

    fn panics_alone() {
        let sink = Sink::default();
        let writer = FrameWriter::new(Box::new(sink.clone()));
        let told = Arc::new(Mutex::new(String::new()));
        let (heard, at) = (told.clone(), sink.clone());
        let hook: Arc<Hook> = Arc::new(move |_| *heard.lock().unwrap() = text(&at));
        let console = thread::spawn(move || {
            set_hook(writer, Arc::new(AtomicBool::new(true)), hook);
            panic!("on purpose");
        });
        assert!(console.join().is_err());
        drop(panic::take_hook());
        // By the time the panic was told, the terminal was as it had been.
        let seen = told.lock().unwrap().clone();
        assert!(
            seen.contains("\u{1b}[?1049l") && seen.ends_with("\u{1b}[?25h"),
            "{seen:?}"
        );
    }

    #[test]
    fn a_frame_is_one_write() {
        let sink = Sink::default();
        let mut writer = FrameWriter::new(Box::new(sink.clone()));
        for _ in 0..1_000 {
            writer.write_all(b"abc").unwrap();
            writer.flush().unwrap();
        }
        assert!(sink.0.lock().unwrap().is_empty());
        writer.commit().unwrap();
        assert_eq!(sink.0.lock().unwrap().len(), 1);
        writer.write_all(&vec![b'x'; BUFFER + 1]).unwrap();
        writer.commit().unwrap();
        let bytes: usize = sink.0.lock().unwrap().iter().map(Vec::len).sum();
        assert_eq!(bytes, 3_000 + BUFFER + 1);
    }
}
