using System.Globalization;

namespace RealtimeCollab.Sessions.Tests.Rooms;

/// <summary>How far apart colours lie: contrast as in WCAG 2.2, difference as in CIEDE2000 (Sharma, Wu, Dalal, 2005).</summary>
internal static class ColorDifference
{
    private const double Power25 = 6103515625; // 25^7

    public static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(Linear(one)), Luminance(Linear(other)));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    public static double Between(string one, string other) => Between(ToLab(one), ToLab(other));

    public static double Between(Lab one, Lab other)
    {
        var chroma7 = Math.Pow((Hypotenuse(one.A, one.B) + Hypotenuse(other.A, other.B)) / 2, 7);
        var stretch = 1.5 - (0.5 * Math.Sqrt(chroma7 / (chroma7 + Power25)));
        var (a1, a2) = (one.A * stretch, other.A * stretch);
        var (c1, c2) = (Hypotenuse(a1, one.B), Hypotenuse(a2, other.B));
        var (h1, h2) = (Hue(a1, one.B), Hue(a2, other.B));
        var turn = h2 - h1;
        turn -= turn > 180 ? 360 : turn < -180 ? -360 : 0;
        var hue = (h1 + h2) / 2;
        hue += Math.Abs(h1 - h2) <= 180 ? 0 : hue < 180 ? 180 : -180;
        var (light, chroma) = ((one.L + other.L) / 2, (c1 + c2) / 2);

        var t = 1 - (0.17 * Cos(hue - 30)) + (0.24 * Cos(2 * hue)) + (0.32 * Cos((3 * hue) + 6)) - (0.2 * Cos((4 * hue) - 63));
        var fromMiddle = Math.Pow(light - 50, 2);
        var dl = (other.L - one.L) / (1 + (0.015 * fromMiddle / Math.Sqrt(20 + fromMiddle)));
        var dc = (c2 - c1) / (1 + (0.045 * chroma));
        var dh = 2 * Math.Sqrt(c1 * c2) * Math.Sin(Radians(turn / 2)) / (1 + (0.015 * chroma * t));
        var mean7 = Math.Pow(chroma, 7);
        var rotation = -2 * Math.Sqrt(mean7 / (mean7 + Power25)) * Math.Sin(Radians(60 * Math.Exp(-Math.Pow((hue - 275) / 25, 2))));
        return Math.Sqrt((dl * dl) + (dc * dc) + (dh * dh) + (rotation * dc * dh));
    }

    /// <summary>CIE L*a*b* of an sRGB colour, white D65.</summary>
    private static Lab ToLab(string color)
    {
        var (r, g, b) = Linear(color);
        var x = F(((0.4124564 * r) + (0.3575761 * g) + (0.1804375 * b)) / 0.95047);
        var y = F(Luminance((r, g, b)));
        var z = F(((0.0193339 * r) + (0.1191920 * g) + (0.9503041 * b)) / 1.08883);
        return new Lab((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    private static double F(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;

    private static double Luminance((double R, double G, double B) color) => (0.2126 * color.R) + (0.7152 * color.G) + (0.0722 * color.B);

    private static (double R, double G, double B) Linear(string color) => (Channel(color, 1), Channel(color, 3), Channel(color, 5));

    private static double Channel(string color, int at)
    {
        var value = int.Parse(color.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static double Hypotenuse(double a, double b) => Math.Sqrt((a * a) + (b * b));

    private static double Hue(double a, double b) => ((Math.Atan2(b, a) * 180 / Math.PI) + 360) % 360;

    private static double Cos(double degrees) => Math.Cos(Radians(degrees));

    private static double Radians(double degrees) => degrees * Math.PI / 180;

    internal readonly record struct Lab(double L, double A, double B);
}
