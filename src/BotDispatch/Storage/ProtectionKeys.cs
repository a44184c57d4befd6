using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace BotDispatch.Storage;

/// <summary>The Data Protection ring, in the database for all nodes, each key wrapped by the key file.</summary>
internal sealed class ProtectionKeys(Database database, KeyFile file) : IXmlRepository
{
    const string Prefix = "protection:";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var query = new Statement("SELECT value FROM keys WHERE name LIKE $1 ORDER BY name", Prefix + "%");
        var values = Wait(() => database.ReadAsync(query, row => row.GetString(0), CancellationToken.None));
        return [.. values.Select(value => XElement.Parse(file.UnwrapText(value)))];
    }

    public void StoreElement(XElement element, string friendlyName) => Wait(() => database.WriteAsync(
    [
        new("INSERT INTO keys (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
            Prefix + friendlyName, file.WrapText(element.ToString(SaveOptions.DisableFormatting))),
    ], CancellationToken.None));

    // Data Protection asks rarely, and only synchronously. The work runs on another thread, so that it cannot block on the one that waits.
    static T Wait<T>(Func<Task<T>> act) => Task.Run(act).GetAwaiter().GetResult();
}

/// <summary>
/// Tells Data Protection that its keys are not written in the clear: <see cref="ProtectionKeys"/> wraps the whole element.
/// </summary>
internal sealed class AlreadyWrapped : IXmlEncryptor, IXmlDecryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(new XElement("wrapped", plaintextElement), typeof(AlreadyWrapped));

    public XElement Decrypt(XElement encryptedElement) => encryptedElement.Elements().Single();
}
