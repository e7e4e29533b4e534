namespace RealtimeCollab.OperationalTransform.Tests.Operations;

/// <summary>Every pair of component kinds by name: what composing and transforming make of them.</summary>
internal static class PairTables
{
    private const string Bold = """{"retain":1,"attributes":{"bold":true}}""";
    private const string Unbold = """{"retain":1,"attributes":{"bold":null}}""";
    private const string Red = """{"retain":1,"attributes":{"color":"red"}}""";
    private const string BoldRed = """{"retain":1,"attributes":{"bold":true,"color":"red"}}""";
    private const string Image = """{"insert":{"image":"a"}}""";
    private const string BoldImage = """{"insert":{"image":"a"},"attributes":{"bold":true}}""";
    private const string BoldA = """{"insert":"A","attributes":{"bold":true}}""";

    /// <summary>Name, a, b on a's result, composed.</summary>
    public static TheoryData<string, string, string, string> Compose => new()
    {
        { "insert + insert", """["A",1]""", """["B",2]""", """["BA",1]""" },
        { "insert + insert behind", """["A",1]""", """[1,"B",1]""", """["AB",1]""" },
        { "insert + retain", """["A",1]""", "[2]", """["A",1]""" },
        { "insert + format", """["A"]""", $"[{Bold}]", $"[{BoldA}]" },
        { "insert + delete", """["A",1]""", "[-1,1]", "[1]" },
        { "insert + embed", """["A"]""", $"[1,{Image}]", $"""["A",{Image}]""" },
        { "insert + delete across", """["AB",1]""", "[1,-2]", """["A",-1]""" },
        { "format + insert", $"[{Bold}]", $"""["A",1]""", $"""["A",{Bold}]""" },
        { "format + retain", $"[{Bold}]", "[1]", $"[{Bold}]" },
        { "format + format", $"[{Bold}]", $"[{Red}]", $"[{BoldRed}]" },
        { "format + format back", $"[{Bold}]", $"[{Unbold}]", $"[{Unbold}]" },
        { "format + delete", $"[{Bold}]", "[-1]", "[-1]" },
        { "delete + insert", "[-1,1]", """["A",1]""", """["A",-1,1]""" },
        { "delete + retain", "[-1,1]", "[1]", "[-1,1]" },
        { "delete + format", "[-1,1]", $"[{Bold}]", $"[-1,{Bold}]" },
        { "delete + delete", "[-1,1]", "[-1]", "[-2]" },
        { "delete + embed", "[-1]", $"[{Image}]", $"[{Image},-1]" },
        { "embed + format", $"[{Image}]", $"[{Bold}]", $"[{BoldImage}]" },
        { "embed + delete", $"[{Image}]", "[-1]", "[]" },
        { "embed + embed", $"[{Image}]", $"[1,{Image}]", $"[{Image},{Image}]" },
        { "bold insert + unbold", $"[{BoldA}]", $"[{Unbold}]", """["A"]""" },
    };

    /// <summary>Name, a, b on the same document, a', b'; a wins.</summary>
    public static TheoryData<string, string, string, string, string> Transform => new()
    {
        { "insert + insert at one place", """["A",1]""", """["B",1]""", """["A",2]""", """[1,"B",1]""" },
        { "insert + insert apart", """["A",1]""", """[1,"B"]""", """["A",2]""", """[2,"B"]""" },
        { "insert + retain", """["A",1]""", "[1]", """["A",1]""", "[2]" },
        { "insert + format", """["A",1]""", $"[{Bold}]", """["A",1]""", $"[1,{Bold}]" },
        { "insert + delete before", """[1,"A"]""", "[-1]", """["A"]""", "[-1,1]" },
        { "insert + delete behind", """["A",1]""", "[-1]", """["A"]""", "[1,-1]" },
        { "insert + delete around", """[1,"A",1]""", "[-2]", """["A"]""", "[-1,1,-1]" },
        { "insert + embed", """["A"]""", $"[{Image}]", """["A",1]""", $"[1,{Image}]" },
        { "embed + embed", $"[{Image}]", $"[{Image}]", $"[{Image},1]", $"[1,{Image}]" },
        { "format + retain", $"[{Bold}]", "[1]", $"[{Bold}]", "[1]" },
        { "format + other format", $"[{Bold}]", $"[{Red}]", $"[{Bold}]", $"[{Red}]" },
        { "format + same name", $"[{Bold}]", $"[{BoldRed}]", $"[{Bold}]", $"[{Red}]" },
        { "format + removal", $"[{Bold}]", $"[{Unbold}]", $"[{Bold}]", "[1]" },
        { "format + equal format", $"[{Bold}]", $"[{Bold}]", $"[{Bold}]", "[1]" },
        { "format + delete", $"[{Bold}]", "[-1]", "[]", "[-1]" },
        { "format + insert inside", """[{"retain":2,"attributes":{"bold":true}}]""", """[1,"A",1]""", $"[{Bold},1,{Bold}]", """[1,"A",1]""" },
        { "delete + retain", "[-1]", "[1]", "[-1]", "[]" },
        { "delete + format", "[-1]", $"[{Bold}]", "[-1]", "[]" },
        { "delete + delete the same", "[-1]", "[-1]", "[]", "[]" },
        { "delete + delete overlapping", "[-2,1]", "[1,-2]", "[-1]", "[-1]" },
        { "delete + insert inside", "[-2]", """[1,"A",1]""", "[-1,1,-1]", """["A"]""" },
        { "replacement + replacement", """["A",-1]""", """["B",-1]""", """["A",1]""", """[1,"B"]""" },
    };
}
