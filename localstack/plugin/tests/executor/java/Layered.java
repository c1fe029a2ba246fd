/** A class that only a layer brings. */
public class Layered {
    public static String text() {
        return "from a layer";
    }
}
