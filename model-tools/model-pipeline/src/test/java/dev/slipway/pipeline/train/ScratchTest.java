package dev.slipway.pipeline.train;
import java.nio.file.*; import java.util.*; import org.junit.jupiter.api.Test;
class ScratchTest {
  static Examples load(String f, int drop, boolean bc) throws Exception {
    List<String> lines = Files.readAllLines(Path.of(f)); lines = lines.subList(1, lines.size());
    int n = lines.size(); int c = lines.get(0).split(",").length - 1 - drop;
    float[] x = new float[n*c]; int[] y = new int[n]; TreeMap<String,Integer> labels = new TreeMap<>();
    for (String l : lines) labels.put(l.substring(l.lastIndexOf(',')+1), 0); int k=0; for (String s : labels.keySet()) labels.put(s,k++);
    for (int i=0;i<n;i++){String[] p=lines.get(i).split(","); for(int j=0;j<c;j++) x[i*c+j]=Float.parseFloat(p[j+drop]); y[i]=labels.get(p[p.length-1]);}
    for(int j=0;j<c;j++){double m=0,s=0; for(int i=0;i<n;i++)m+=x[i*c+j]; m/=n; for(int i=0;i<n;i++)s+=Math.pow(x[i*c+j]-m,2); s=Math.sqrt(s/n); for(int i=0;i<n;i++)x[i*c+j]=(float)((x[i*c+j]-m)/(s>0?s:1));}
    return new Examples(FeatureMatrix.of(n,c,x), new Target.Classes(List.copyOf(labels.keySet()), y));
  }
  @Test void go() throws Exception {
    long t=System.nanoTime();
    TorchEngine e = TorchEngine.start(Path.of("/tmp/pp/djl"), 1);
    System.err.println(e.describe()+" start "+(System.nanoTime()-t)/1e6);
    for (String f : new String[]{"breast-cancer","digits"}) {
      Examples all = load("/work/shared/data/"+f+"/"+f+".csv", f.startsWith("b")?1:0, true);
      int[] o = Seeds.shuffled(all.rows(), new Seeds(1).generator("x"));
      int a=(int)(all.rows()*.7), b=(int)(all.rows()*.9);
      Examples tr=all.select(Arrays.copyOfRange(o,0,a)), va=all.select(Arrays.copyOfRange(o,a,b)), te=all.select(Arrays.copyOfRange(o,b,o.length));
      for (double l2 : new double[]{1e-1,1e-2,1e-3,1e-4}) { t=System.nanoTime();
        TrainedNetwork n=new LinearTrainer().train(tr,l2,ClassWeights.equal(tr.target().outputs()));
        System.err.println(f+" linear "+l2+" val "+acc(n,va)+" test "+acc(n,te)+" ms "+(System.nanoTime()-t)/1e6); }
      for (int bs : new int[]{32,64,128}) for (int h : new int[]{32,128}) { t=System.nanoTime();
        Fit fit=new NetworkTrainer(e).train(tr,va,new HyperParameters(List.of(h),3e-3,1e-4,0.1,bs,100,12),ClassWeights.equal(tr.target().outputs()),new Seeds(1));
        System.err.println(f+" mlp bs "+bs+" h "+h+" loss "+fit.validationLoss()+" epochs "+fit.curve().size()+" val "+acc(fit.network(),va)+" test "+acc(fit.network(),te)+" ms "+(System.nanoTime()-t)/1e6); }
    }
  }
  static double acc(TrainedNetwork n, Examples x){Scores s=n.score(x.features()); int ok=0; for(int i=0;i<x.rows();i++){int best=0; for(int k=1;k<s.outputs();k++) if(s.get(i,k)>s.get(i,best))best=k; if(best==((Target.Classes)x.target()).get(i))ok++;} return ok/(double)x.rows();}
}
