package dev.slipway.cli.rollback;

import dev.slipway.bundle.FileTree;
import dev.slipway.cli.Refusal;
import dev.slipway.cli.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes the zip of the serving code with one source file edited, compiled by this JDK. */
final class ChangedCode {
  private static final String ZIP = "functions/inference/target/inference.zip";
  private static final String SOURCES = "src/main/java/";

  private final Workspace workspace;

  ChangedCode(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * {@return the zip; no two are equal}
   *
   * @param candidate what to edit
   * @param salt makes the zip differ from others with the same edit
   */
  byte[] zip(Candidate candidate, String salt) {
    try {
      Map<String, byte[]> changed = new TreeMap<>(compiled(candidate));
      changed.put("changed.txt", salt.getBytes(StandardCharsets.UTF_8));
      return withEntries(changed);
    } catch (IOException failure) {
      throw new UncheckedIOException("the changed code could not be made", failure);
    }
  }

  private byte[] withEntries(Map<String, byte[]> changed) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream file = Files.newInputStream(workspace.root().resolve(ZIP));
        ZipInputStream from = new ZipInputStream(file);
        ZipOutputStream to = new ZipOutputStream(bytes)) {
      for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        if (!changed.containsKey(entry.getName())) {
          to.putNextEntry(new ZipEntry(entry.getName()));
          from.transferTo(to);
          to.closeEntry();
        }
      }
      for (Map.Entry<String, byte[]> entry : changed.entrySet()) {
        to.putNextEntry(new ZipEntry(entry.getKey()));
        to.write(entry.getValue());
        to.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private Map<String, byte[]> compiled(Candidate candidate) throws IOException {
    if (candidate.source().isEmpty()) {
      return Map.of();
    }
    Path source = workspace.root().resolve(candidate.source());
    Path classes = Files.createTempDirectory("slipway-changed");
    try {
      compile(source, candidate.edit(Files.readString(source)), classes);
      return read(classes);
    } finally {
      FileTree.delete(classes);
    }
  }

  private void compile(Path source, String text, Path classes) {
    JavaCompiler compiler =
        Optional.ofNullable(ToolProvider.getSystemJavaCompiler())
            .orElseThrow(() ->
                new Refusal("JDK_NEEDED", "a JDK is needed to compile changed code, not a JRE"));
    StringWriter said = new StringWriter();
    boolean done =
        compiler
            .getTask(
                said,
                null,
                null,
                List.of("-proc:none", "-nowarn", "-cp", classPath(), "-d", classes.toString()),
                null,
                List.of(new Source(source, text)))
            .call();
    if (!done) {
      throw new Refusal("EDIT_FAILED", "the edited " + source + " does not compile: " + said);
    }
  }

  private String classPath() {
    return workspace.root().resolve("functions/inference/target/classes")
        + System.getProperty("path.separator")
        + System.getProperty("java.class.path");
  }

  private static Map<String, byte[]> read(Path classes) throws IOException {
    Map<String, byte[]> read = new TreeMap<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        read.put(classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return read;
  }

  /** A source file that is in memory only. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(Path path, String text) {
      super(URI.create("string:///" + name(path)), Kind.SOURCE);
      this.text = text;
    }

    private static String name(Path path) {
      String all = path.toString().replace('\\', '/');
      return all.substring(all.lastIndexOf(SOURCES) + SOURCES.length());
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
