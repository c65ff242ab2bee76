package io.gradzoo.testing;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A real HDFS of one data node in this JVM. */
public final class Hdfs implements AutoCloseable {
  private final MiniDFSCluster cluster;

  /**
   * Starts it.
   *
   * @param folder of its blocks
   */
  public Hdfs(Path folder) throws IOException {
    Configuration settings = new HdfsConfiguration();
    settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    settings.setBoolean("dfs.namenode.edits.noeditlogchannelflush", true); // no power cut is tested
    cluster = new MiniDFSCluster.Builder(settings).numDataNodes(1).build();
  }

  /** What is stored there. */
  public FileSystem files() throws IOException {
    return cluster.getFileSystem();
  }

  @Override
  public void close() {
    cluster.shutdown(true);
  }
}
