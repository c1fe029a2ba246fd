package dev.slipway.pipeline.job;

import dev.slipway.pipeline.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Buckets as folders. */
final class FolderStore implements ObjectStore {
  private final Path root;

  FolderStore(Path root) {
    this.root = root;
  }

  Path path(String bucket, String key) {
    return root.resolve(bucket).resolve(key);
  }

  @Override
  public Optional<byte[]> read(String bucket, String key) {
    try {
      Path file = path(bucket, key);
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public boolean download(String bucket, String key, Optional<String> versionId, Path file) {
    Optional<byte[]> content = read(bucket, key);
    content.ifPresent(bytes -> put(file, bytes));
    return content.isPresent();
  }

  @Override
  public void write(String bucket, String key, byte[] content) {
    put(path(bucket, key), content);
  }

  @Override
  public void upload(String bucket, String key, Path file) {
    try {
      Path target = path(bucket, key);
      Files.createDirectories(target.getParent());
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public boolean writeIfAbsent(String bucket, String key, byte[] content) {
    if (Files.exists(path(bucket, key))) {
      return false;
    }
    write(bucket, key, content);
    return true;
  }

  private static void put(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
