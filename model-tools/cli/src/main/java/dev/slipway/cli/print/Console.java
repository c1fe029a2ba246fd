package dev.slipway.cli.print;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Answers go to standard output, progress and errors to standard error, so that {@code --json} can
 * be piped. Safe for use by several threads: every line is printed whole.
 */
public final class Console {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final PrintStream out;
  private final PrintStream err;
  private final boolean plain;

  /**
   * @param plain whether lines that replace themselves are unwelcome, as in a log of CI
   */
  public Console(PrintStream out, PrintStream err, boolean plain) {
    this.out = out;
    this.err = err;
    this.plain = plain || !isTerminal();
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent();
  }

  public void print(String line) {
    out.println(line);
  }

  public void printJson(Object value) {
    try {
      out.println(JSON.writeValueAsString(value));
    } catch (JsonProcessingException unwritable) {
      throw new IllegalStateException("an answer has no JSON form", unwritable);
    }
  }

  /** Prints one value as one line, for commands that go on telling. */
  public void printJsonLine(Object value) {
    try {
      out.println(
          JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value));
    } catch (JsonProcessingException unwritable) {
      throw new IllegalStateException("an answer has no JSON form", unwritable);
    }
  }

  public void progress(String line) {
    err.println(line);
  }

  public void error(String line) {
    err.println(line);
  }

  /** {@return whether a line may be overwritten by the next one} */
  public boolean interactive() {
    return !plain;
  }

  /** Shows {@code line} in place of the one shown before, on a terminal only. */
  public void replace(String line) {
    if (!plain) {
      err.print("\r\u001b[2K" + line);
      err.flush();
    }
  }

  /** Ends a line that {@link #replace} has shown. */
  public void clearReplaced() {
    if (!plain) {
      err.print("\r\u001b[2K");
      err.flush();
    }
  }
}
