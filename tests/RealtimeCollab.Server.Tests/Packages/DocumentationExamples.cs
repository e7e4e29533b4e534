using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Packages;

/// <summary>The C# and Razor in the pages about the server and the .NET client, as files that a compiler takes.</summary>
internal static partial class DocumentationExamples
{
    /// <summary>It needs the official client package, whose parts this repository replaces.</summary>
    private const string OfOtherPackages = ".WithUrl(";

    private static readonly string[][] Pages = [["docs", "server.md"], ["docs", "webhooks.md"], ["docs", "clients.md"], ["docs", "clients", "dotnet.md"], ["src", "RealtimeCollab.Client", "README.md"]];

    private const string Surroundings = """
        using System.Globalization;
        using System.Security.Cryptography;
        using System.Text;
        using Microsoft.AspNetCore.SignalR.Client;
        using RealtimeCollab.Client;
        using RealtimeCollab.Client.Chat;
        using RealtimeCollab.Client.Hubs;
        using RealtimeCollab.Client.Presence;
        using RealtimeCollab.OperationalTransform;
        using RealtimeCollab.Protocol.Presence;
        using RealtimeCollab.Server;
        using RealtimeCollab.Server.Application;
        using RealtimeCollab.Server.Hooks;
        using RealtimeCollab.Sessions;

        internal static partial class Examples
        {
            private static readonly string folder = "";
            private static readonly Uri server = new("http://127.0.0.1");
            private static readonly WebApplicationBuilder builder = WebApplication.CreateBuilder();
            private static readonly CollabConnectionOptions connection = new() { Server = server };
            private static readonly IPresenceClient listener = null!;

            private static ValueTask<string?> GetTokenAsync(CancellationToken cancellation) => ValueTask.FromResult<string?>(null);

            private static void Show(object? shown) { }
        }

        internal sealed class Tokens { public ValueTask<string?> GetAsync(CancellationToken cancellation) => default; }

        internal sealed class UserTokens { public ValueTask<string?> GetAsync(CancellationToken cancellation) => default; }

        """;

    private const string RazorImports = """
        @using Microsoft.AspNetCore.Components.Web
        @using RealtimeCollab.Client
        @using RealtimeCollab.OperationalTransform
        """;

    /// <summary>The files, by name.</summary>
    public static IReadOnlyDictionary<string, string> Read()
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["_Imports.razor"] = RazorImports };
        var program = new StringBuilder(Surroundings);
        foreach (var page in Pages)
        {
            var text = File.ReadAllText(Repository.PathOf(page)).ReplaceLineEndings("\n");
            foreach (var block in Block().Matches(text).Where(block => !block.Value.Contains(OfOtherPackages, StringComparison.Ordinal)))
            {
                var code = block.Groups["code"].Value;
                if (block.Groups["language"].Value == "razor")
                    files.Add($"Example{files.Count}.razor", code);
                else
                    AddExample(program, code, $"{string.Join('/', page)}, from line {text[..block.Index].Count(unit => unit == '\n') + 2}");
            }
        }

        files.Add("Examples.cs", program.ToString());
        return files;
    }

    /// <summary>Statements become a method of their own; types stand beside it.</summary>
    private static void AddExample(StringBuilder program, string code, string place)
    {
        var paragraphs = code.Split("\n\n").Where(paragraph => !paragraph.StartsWith("using RealtimeCollab", StringComparison.Ordinal)).ToList();
        var types = paragraphs.SkipWhile(paragraph => !paragraph.StartsWith("internal ", StringComparison.Ordinal)).ToList();
        var statements = paragraphs.SkipLast(types.Count);
        program.AppendLine("internal static partial class Examples").AppendLine("{")
            .AppendLine(CultureInfo.InvariantCulture, $"#line 1 \"{place}\"")
            .AppendLine(string.Join("\n\n", types))
            .AppendLine(CultureInfo.InvariantCulture, $"private static async Task Example{program.Length}()").AppendLine("{")
            .AppendLine(CultureInfo.InvariantCulture, $"#line 1 \"{place}\"")
            .AppendLine(string.Join("\n\n", statements))
            .AppendLine("}").AppendLine("}");
    }

    [GeneratedRegex(@"^```(?<language>csharp|razor)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
