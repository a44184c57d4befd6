using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace BotDispatch.Storage;

/// <summary>The Data Protection ring, in the database for all nodes, each key wrapped by the key file.</summary>
internal sealed class ProtectionKeys(Database database, KeyFile file, TimeProvider real) : IXmlRepository
{
    const string Prefix = "protection:";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.Open();
        return [.. connection.Query<string>("SELECT value FROM keys WHERE name LIKE @prefix ORDER BY name", new { prefix = Prefix + "%" })
            .Select(value => XElement.Parse(file.UnwrapText(value)))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.Open();
        connection.Execute("INSERT INTO keys (name, value, made_at) VALUES (@name, @value, @at) ON CONFLICT (name) DO NOTHING",
            new { name = Prefix + friendlyName, value = file.WrapText(element.ToString(SaveOptions.DisableFormatting)), at = Moment.Of(real.GetUtcNow()) });
    }
}

/// <summary>Tells Data Protection that its keys are not written in the clear: <see cref="ProtectionKeys"/> wraps the whole element.</summary>
internal sealed class AlreadyWrapped : IXmlEncryptor, IXmlDecryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(new XElement("wrapped", plaintextElement), typeof(AlreadyWrapped));

    public XElement Decrypt(XElement encryptedElement) => encryptedElement.Elements().Single();
}
