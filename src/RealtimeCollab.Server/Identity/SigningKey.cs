using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using RealtimeCollab.Server.Configuration;

namespace RealtimeCollab.Server.Identity;

/// <summary>The key that tokens are checked with, and in the Development environment also made with.</summary>
internal sealed class SigningKey
{
    private const int DevelopmentKeyBytes = 48;

    public SigningKey(IOptions<RealtimeCollabOptions> options, IHostEnvironment environment)
    {
        var auth = options.Value.Auth;
        var text = auth.SigningKey
            ?? (environment.IsDevelopment() ? ReadOrCreate(Path.GetFullPath(auth.DevelopmentKeyFile, environment.ContentRootPath)) : null);
        Key = text is null ? null : new SymmetricSecurityKey(Encoding.UTF8.GetBytes(text));
        var given = auth.EventsKey is null ? Key?.Key : Encoding.UTF8.GetBytes(auth.EventsKey);
        (Secret, IsSecretShared) = (given ?? RandomNumberGenerator.GetBytes(DevelopmentKeyBytes), given is not null);
    }

    /// <summary>Absent where all tokens are those of an authority.</summary>
    public SymmetricSecurityKey? Key { get; }

    /// <summary>What else the server signs is signed with a key derived from this.</summary>
    public byte[] Secret { get; }

    /// <summary>The settings give the secret. Else it is random, and what is signed with it counts on this node until it stops.</summary>
    public bool IsSecretShared { get; }

    /// <summary>
    /// A key of this machine's own, so that development tokens outlive a restart. It comes into being under another name
    /// and is moved into place, so that of two processes that start at once both read the same whole key.
    /// </summary>
    private static string ReadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var draft = $"{path}.{Environment.ProcessId}";
            WritePrivate(draft, Convert.ToBase64String(RandomNumberGenerator.GetBytes(DevelopmentKeyBytes)));
            try
            {
                File.Move(draft, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(draft);
            }
        }

        return File.ReadAllText(path).Trim();
    }

    private static void WritePrivate(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }
}
